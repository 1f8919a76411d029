package io.github.camelvoice.media;

import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.MediaInfo;
import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaException.Kind;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.play.Player;
import io.github.camelvoice.media.port.PortPair;
import io.github.camelvoice.media.record.RecordTap;
import io.github.camelvoice.media.record.Recorder;
import io.github.camelvoice.media.sdp.NegotiatedAudio;
import io.github.camelvoice.media.sdp.NegotiationState;
import io.github.camelvoice.media.sdp.NotAcceptableException;
import io.github.camelvoice.media.sdp.OfferAnswer;
import io.github.camelvoice.media.sdp.SdpException;
import io.github.camelvoice.media.srtp.SrtpKeys;
import io.github.camelvoice.media.stream.Agreement;
import io.github.camelvoice.media.stream.LegStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** The side of a leg that lives on the call's mailbox: negotiates, and passes commands on to the stream. */
final class RtpMediaLeg implements MediaLeg {

    private static final String DIGITS = "0123456789*#ABCDw";

    private final RtpMediaPlane plane;
    private final PortPair ports;
    private final InetSocketAddress local;
    private final OfferAnswer negotiation;
    private final LegStream stream;
    private final Consumer<MediaEvent> events;
    private String lastAnswer;
    private volatile MediaInfo info;
    private Recorder recording;
    private RecordTap recorded;
    private boolean closed;

    RtpMediaLeg(RtpMediaPlane plane, PortPair ports, InetSocketAddress local, OfferAnswer negotiation, LegStream stream,
                Consumer<MediaEvent> events) {
        this.plane = plane;
        this.ports = ports;
        this.local = local;
        this.negotiation = negotiation;
        this.stream = stream;
        this.events = events;
    }

    @Override
    public String offer() {
        lastAnswer = null;
        return negotiation.offer();
    }

    @Override
    public void accept(String answer) throws MediaException {
        if (answer.equals(lastAnswer)) {
            return;
        }
        try {
            agreed(negotiation.accept(answer));
            lastAnswer = answer;
        } catch (SdpException malformed) {
            throw new MediaException(Kind.MALFORMED_SDP, malformed.getMessage(), malformed);
        } catch (NotAcceptableException refused) {
            throw new MediaException(Kind.NOT_ACCEPTABLE, refused.getMessage(), refused);
        } catch (IllegalStateException wrong) {
            throw new MediaException(Kind.WRONG_STATE, wrong.getMessage(), wrong);
        }
    }

    @Override
    public String answer(String offer) throws MediaException {
        try {
            String answer = negotiation.answer(offer);
            agreed(negotiation.agreed());
            return answer;
        } catch (SdpException malformed) {
            throw new MediaException(Kind.MALFORMED_SDP, malformed.getMessage(), malformed);
        } catch (NotAcceptableException refused) {
            throw new MediaException(Kind.NOT_ACCEPTABLE, refused.getMessage(), refused);
        } catch (IllegalStateException wrong) {
            throw new MediaException(Kind.WRONG_STATE, wrong.getMessage(), wrong);
        }
    }

    private void agreed(NegotiatedAudio audio) {
        boolean placed = !audio.remoteRtp().getAddress().isAnyLocalAddress();
        boolean sending = placed && audio.direction().sends();
        boolean receiving = audio.direction().receives();
        SrtpKeys keys = negotiation.keys();
        int ptime = Agreement.packetMillis(audio.ptimeMillis());
        Agreement agreement = new Agreement(Codecs.get(audio.encoding()), new Agreement.Types(audio.sendPayload(), audio.receivePayload(),
                audio.dtmfSend(), audio.dtmfReceive(), audio.types().dtmfClock()), audio.parameters(), placed ? audio.remoteRtp() : null,
                placed ? audio.remoteRtcp() : null, sending, receiving, ptime);
        info = new MediaInfo(audio.encoding(), ptime, local, agreement.remoteRtp(), sending, receiving, audio.heldByRemote(),
                audio.dtmfSend(), keys == null ? null : keys.suite().name());
        stream.execute(() -> stream.agree(agreement, keys));
    }

    @Override
    public void rollback() {
        if (negotiation.state() == NegotiationState.OFFERED || negotiation.state() == NegotiationState.REOFFERED) {
            negotiation.rollback();
        }
    }

    @Override
    public MediaInfo info() {
        return info;
    }

    @Override
    public boolean prefer(String codec) {
        return negotiation.prefer(codec);
    }

    @Override
    public void hold(boolean on) {
        negotiation.hold(on);
    }

    @Override
    public void play(String playId, PlaySource source) {
        String missing = missing();
        if (missing != null) {
            events.accept(new MediaEvent.PlayEnded(playId, MediaEvent.Outcome.FAILED, Duration.ZERO, source.name() + ": " + missing));
            return;
        }
        Player player = new Player(playId, source, sampleRate(), plane.io(), events);
        player.start();
        stream.execute(() -> stream.play(player));
    }

    @Override
    public void stopPlay() {
        stream.execute(() -> stream.play(null));
    }

    @Override
    public void record(String recordingId, RecordTarget target) throws MediaException {
        if (info == null) {
            throw new MediaException(Kind.WRONG_STATE, "nothing is agreed yet that could be recorded");
        }
        requireSamples();
        if (recording != null && !recording.told()) {
            throw new MediaException(Kind.WRONG_STATE, "the call is being recorded already");
        }
        recording = new Recorder(recordingId, target, sampleRate(), plane.io(), events);
        RecordTap tap = new RecordTap(recording);
        recorded = tap;
        stream.execute(() -> stream.record(tap));
    }

    @Override
    public void pauseRecording(boolean paused) {
        RecordTap tap = recorded;
        if (tap != null) {
            stream.execute(() -> tap.pause(paused));
        }
    }

    @Override
    public void stopRecording() {
        RecordTap tap = recorded;
        if (tap != null) {
            stream.execute(() -> tap.end(MediaEvent.Outcome.STOPPED));
        }
    }

    /** Why nothing but passing packets on can be done with the codec that was agreed; null where all can. */
    private String missing() {
        MediaInfo present = info;
        return present == null || Codecs.get(present.codec()).linear() ? null : "the call speaks " + present.codec()
                + ", of which there is no implementation here: it can be bridged with a call that speaks it too, nothing else";
    }

    private void requireSamples() throws MediaException {
        String missing = missing();
        if (missing != null) {
            throw new MediaException(Kind.NOT_ACCEPTABLE, missing);
        }
    }

    private int sampleRate() {
        return info == null ? 8000 : Codecs.get(info.codec()).sampleRate();
    }

    @Override
    public void mute(boolean on) {
        stream.execute(() -> stream.mute(on));
    }

    @Override
    public void echo(boolean on) {
        stream.execute(() -> stream.echo(on));
    }

    @Override
    public void sendDtmf(String id, String digits, int toneMillis, int gapMillis) throws MediaException {
        if (info == null || !info.sending()) {
            throw new MediaException(Kind.WRONG_STATE, "digits cannot be sent now: " + (info == null ? "nothing is agreed yet" : "the call is on hold"));
        }
        if (info.dtmfPayload() < 0) {
            throw new MediaException(Kind.NOT_ACCEPTABLE, "the far end did not agree to telephone-event");
        }
        if (digits.isEmpty() || !digits.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
            throw new MediaException(Kind.BAD_SOURCE, "digits must be of " + DIGITS + ": " + digits);
        }
        if (toneMillis <= 0 || toneMillis > 8000 || gapMillis < 0) {
            throw new MediaException(Kind.BAD_SOURCE, "a tone lasts 1 to 8000 ms and a gap 0 or more: " + toneMillis + ", " + gapMillis);
        }
        stream.execute(() -> stream.sendDtmf(id, digits, toneMillis, gapMillis));
    }

    @Override
    public void bridge(MediaLeg peer) throws MediaException {
        if (!(peer instanceof RtpMediaLeg other) || other.plane != plane) {
            throw new IllegalArgumentException("only legs of one media plane can be bridged");
        }
        MediaInfo here = info;
        MediaInfo there = other.info;
        if (here != null && there != null && !here.codec().equals(there.codec())) {
            requireSamples();
            other.requireSamples();
        }
        stream.execute(() -> stream.bridge(other.stream));
    }

    @Override
    public void unbridge() {
        stream.execute(stream::unbridge);
    }

    @Override
    public void withhold(boolean on) {
        stream.execute(() -> stream.withhold(on));
    }

    @Override
    public void tap(MediaTap tap) throws MediaException {
        requireSamples();
        stream.execute(() -> stream.tap(tap));
    }

    @Override
    public void untap(MediaTap tap) {
        stream.execute(() -> stream.untap(tap));
    }

    @Override
    public void speak(LiveAudio audio) {
        stream.execute(() -> stream.speak(audio));
    }

    @Override
    public MediaFigures.Pair figures() {
        MediaInfo present = info;
        return Figures.of(stream.figures(), present == null ? null : present.codec());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        plane.closed(this);
        stream.execute(stream::close);
        if (plane.stopped()) {
            release();
        }
    }

    /** The plane has stopped: the agent takes no commands any more. */
    void release() {
        ports.close();
    }
}
