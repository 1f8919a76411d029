package io.github.camelvoice.media.sdp;

import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.srtp.SrtpKeys;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Offer and answer (RFC 3264) for one audio stream of ours. Not thread-safe: belongs to the call's mailbox.
 */
public final class OfferAnswer {

    private static final int MOST_PTIME = 60;

    private final List<AudioCodec> codecs;
    private final SdpConnection connection;
    private final int rtpPort;
    private final int defaultPtime;
    private final String sessionId;
    private long version;
    private String lastBody;
    private NegotiationState state = NegotiationState.FRESH;
    private boolean hold;
    private AudioCodec preferred;
    /** Our last offer, to match its answer with; null if the far end offered last. */
    private SdpSession ourOffer;
    private int ourStream;
    private NegotiatedAudio agreed;
    /** The streams of the last exchange: later descriptions keep their number and order. */
    private List<SdpMedia> lastStreams = List.of();
    private int lastIndex;
    private final PayloadTypes payloads = new PayloadTypes();
    private final Sdes sdes;

    /**
     * @param codecs    encodings in order of preference, out of {@link Codecs}
     * @param address   told to the far end
     * @param sessionId numeric, unique in this process; also the first version
     */
    public OfferAnswer(List<String> codecs, InetAddress address, int rtpPort, int ptimeMillis, long sessionId) {
        this(codecs, MediaSecurity.NONE, new SecureRandom(), address, rtpPort, ptimeMillis, sessionId);
    }

    /**
     * As above, with SRTP.
     *
     * @param random makes our keys
     */
    public OfferAnswer(List<String> codecs, MediaSecurity security, SecureRandom random, InetAddress address, int rtpPort, int ptimeMillis,
                       long sessionId) {
        this.codecs = codecs.stream().map(Codecs::get).distinct().toList();
        this.connection = SdpConnection.of(address);
        this.rtpPort = rtpPort;
        this.defaultPtime = ptimeMillis;
        this.sessionId = Long.toUnsignedString(sessionId);
        this.version = sessionId;
        this.sdes = new Sdes(security, random);
    }

    public NegotiationState state() {
        return state;
    }

    /** What was agreed last, null before. */
    public NegotiatedAudio agreed() {
        return agreed;
    }

    /** The keys that were agreed on last; null for plain RTP. */
    public SrtpKeys keys() {
        return sdes.agreed();
    }

    /** Wish for the next description: hold sends but does not listen. */
    public void hold(boolean on) {
        hold = on;
    }

    /** Wish for the next offer: this encoding first. @return false, and no wish, if it is agreed on already or none of ours */
    public boolean prefer(String encoding) {
        preferred = agreed != null && !agreed.encoding().equals(encoding)
                ? codecs.stream().filter(codec -> codec.encoding().equals(encoding)).findFirst().orElse(null) : null;
        return preferred != null;
    }

    private MediaDirection wish() {
        return hold ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
    }

    /** Our offer: what is agreed first, then all else that we can. */
    public String offer() {
        step(NegotiationState.Step.OFFER);
        List<AudioFormat> formats = new ArrayList<>(codecs.size() + 3);
        if (preferred != null) {
            formats.add(AudioFormat.ours(preferred, payloads.of(preferred)));
            preferred = null;
        }
        if (agreed != null) {
            formats.add(AudioFormat.ours(Codecs.get(agreed.encoding()), agreed.receivePayload()));
        }
        for (AudioCodec codec : codecs) {
            AudioFormat format = AudioFormat.ours(codec, payloads.of(codec));
            if (formats.stream().noneMatch(f -> f.is(codec) || f.payloadType() == format.payloadType())) {
                formats.add(format);
            }
        }
        formats.stream().map(AudioFormat::clockRate).distinct().toList()
                .forEach(clock -> formats.add(AudioFormat.events(payloads.ofEvents(clock), clock)));
        List<SdpMedia> streams = new ArrayList<>();
        lastStreams.forEach(stream -> streams.add(stream.refused()));
        SdpMedia ours = stream(sdes.protocol(), formats, sdes.offer(), wish(), defaultPtime);
        if (streams.isEmpty()) {
            streams.add(ours);
        } else {
            streams.set(lastIndex, ours);
        }
        ourStream = lastIndex;
        ourOffer = session(streams);
        return ourOffer.toString();
    }

    /**
     * The answer to our offer. A second, different one for the same offer replaces the first. One that cannot be used rolls a repeated
     * offer back; a first offer stays open, since another branch, or the final response, may still answer it.
     */
    public NegotiatedAudio accept(String answer) throws SdpException, NotAcceptableException {
        requireOffer(NegotiationState.Step.ACCEPT);
        try {
            return take(answer);
        } catch (SdpException | NotAcceptableException unusable) {
            if (state == NegotiationState.REOFFERED) {
                rollback();
            }
            throw unusable;
        }
    }

    private NegotiatedAudio take(String answer) throws SdpException, NotAcceptableException {
        SdpSession session = SdpParser.parse(answer);
        if (session.media().size() <= ourStream) {
            throw new NotAcceptableException("the answer leaves our audio stream out");
        }
        SdpMedia theirs = session.media().get(ourStream);
        if (theirs.port() == 0) {
            throw new NotAcceptableException("the answer refuses our audio stream");
        }
        if (!theirs.type().equals("audio")) {
            throw new NotAcceptableException("the answer changes our audio stream: not audio");
        }
        Sdes.Secured secured = sdes.accept(theirs);
        List<AudioFormat> offered = ourOffer.media().get(ourStream).audioFormats();
        AudioFormat chosen = null;
        AudioFormat chosenOurs = null;
        for (AudioFormat format : theirs.audioFormats()) {
            for (AudioFormat our : offered) {
                if (chosen == null && !our.isEvents() && our.is(format.encoding(), format.clockRate())) {
                    chosen = format;
                    chosenOurs = our;
                }
            }
        }
        if (chosen == null) {
            throw new NotAcceptableException("the answer has no codec of our offer");
        }
        AudioFormat events = events(theirs.audioFormats(), chosen.clockRate());
        AudioFormat eventsOurs = events == null ? null : offered.stream().filter(f -> f.is(events.encoding(), events.clockRate())).findFirst()
                .orElse(null);
        NegotiatedAudio result = result(session, theirs, chosenOurs.encoding(), new NegotiatedAudio.Types(chosen.payloadType(),
                chosenOurs.payloadType(), eventsOurs == null ? -1 : events.payloadType(), eventsOurs == null ? -1 : eventsOurs.payloadType(),
                eventsOurs == null ? 8000 : events.clockRate()), chosen.parameters(), ourOffer.directionOf(ourOffer.media().get(ourStream)));
        step(NegotiationState.Step.ACCEPT);
        sdes.agree(secured);
        agree(result, ourOffer.media(), ourStream);
        return result;
    }

    /** Telephone events in the clock of the codec; where there are none, any that we understand. Null for none. */
    private static AudioFormat events(List<AudioFormat> formats, int clockRate) {
        AudioFormat other = null;
        for (AudioFormat format : formats) {
            if (format.isEvents() && format.clockRate() == clockRate) {
                return format;
            }
            other = other == null && format.isEvents() ? format : other;
        }
        return other;
    }

    private void requireOffer(NegotiationState.Step step) {
        if (state.after(step) == null || ourOffer == null) {
            throw new IllegalStateException("no offer of ours is to be answered: " + state);
        }
    }

    /**
     * Answers an offer: the first codec of the offerer's that we have too. One that could only be passed on is the last resort.
     */
    public String answer(String offer) throws SdpException, NotAcceptableException {
        if (state.after(NegotiationState.Step.ANSWER) == null) {
            throw new IllegalStateException("our own offer is under way: " + state);
        }
        SdpSession session = SdpParser.parse(offer);
        String why = "the offer has no audio stream";
        for (int i = 0; i < session.media().size(); i++) {
            SdpMedia theirs = session.media().get(i);
            String reason = unusable(session, theirs);
            if (reason == null) {
                return answer(session, i);
            }
            why = theirs.type().equals("audio") ? reason : why;
        }
        throw new NotAcceptableException(why);
    }

    private String unusable(SdpSession session, SdpMedia theirs) {
        if (theirs.port() == 0) {
            return "the audio stream is switched off";
        }
        String foreign = theirs.type().equals("audio") ? sdes.unusable(theirs) : "not audio";
        if (foreign != null) {
            return foreign;
        }
        try {
            rtcp(theirs, address(session, theirs));
        } catch (NotAcceptableException elsewhere) {
            return elsewhere.getMessage();
        }
        return choose(theirs) == null ? "no common codec: we have " + codecs : null;
    }

    private AudioFormat choose(SdpMedia theirs) {
        AudioFormat passed = null;
        for (AudioFormat format : theirs.audioFormats()) {
            for (AudioCodec codec : codecs) {
                if (format.is(codec) && codec.linear()) {
                    return format;
                }
                passed = passed == null && format.is(codec) ? format : passed;
            }
        }
        return passed;
    }

    private String answer(SdpSession session, int index) throws NotAcceptableException {
        SdpMedia theirs = session.media().get(index);
        AudioFormat format = choose(theirs);
        AudioCodec codec = Codecs.get(format.encoding());
        AudioFormat events = events(theirs.audioFormats(), format.clockRate());
        int eventType = events == null ? -1 : events.payloadType();
        NegotiatedAudio result = result(session, theirs, codec.encoding(), new NegotiatedAudio.Types(format.payloadType(), format.payloadType(),
                eventType, eventType, events == null ? 8000 : events.clockRate()), format.parameters(), wish());
        List<AudioFormat> formats = new ArrayList<>(2);
        formats.add(AudioFormat.ours(codec, format.payloadType()));
        if (events != null) {
            formats.add(AudioFormat.events(eventType, events.clockRate()));
        }
        MediaDirection ours = wish().and(session.directionOf(theirs).reverse());
        List<SdpMedia> streams = new ArrayList<>();
        session.media().forEach(stream -> streams.add(stream.refused()));
        Sdes.Secured secured = sdes.answer(theirs);
        streams.set(index, stream(theirs.protocol(), formats, secured.lines(), ours, result.ptimeMillis()));
        step(NegotiationState.Step.ANSWER);
        sdes.agree(secured);
        ourOffer = null;
        payloads.theirs(theirs.formats(), format, events);
        agree(result, session.media(), index);
        return session(streams).toString();
    }

    private NegotiatedAudio result(SdpSession session, SdpMedia theirs, String encoding, NegotiatedAudio.Types types, String parameters,
                                   MediaDirection wish) throws NotAcceptableException {
        InetAddress address = address(session, theirs);
        if (address instanceof Inet6Address != connection.addressType().equals("IP6")) {
            throw new NotAcceptableException("our media address is " + connection.addressType() + ", the far end's is not");
        }
        MediaDirection theirDirection = session.directionOf(theirs);
        // Hold as before RFC 3264: the address says it (its section 8.4).
        boolean oldHold = address.isAnyLocalAddress();
        MediaDirection direction = wish.and(theirDirection.reverse());
        if (oldHold) {
            direction = direction.and(MediaDirection.RECVONLY);
        }
        InetSocketAddress rtp = new InetSocketAddress(address, theirs.port());
        return new NegotiatedAudio(encoding, types, parameters, rtp, rtcp(theirs, address), ptime(theirs), direction, oldHold || !theirDirection.receives());
    }

    private static InetAddress address(SdpSession session, SdpMedia theirs) throws NotAcceptableException {
        SdpConnection where = session.connectionOf(theirs);
        if (where == null) {
            throw new NotAcceptableException("the audio stream has no connection address");
        }
        return where.literalAddress();
    }

    /** RFC 3605, else the next port. */
    private static InetSocketAddress rtcp(SdpMedia theirs, InetAddress address) throws NotAcceptableException {
        InetSocketAddress next = new InetSocketAddress(address, Math.min(65535, theirs.port() + 1));
        String told = theirs.attribute("rtcp").orElse("").trim();
        if (told.isEmpty()) {
            return next;
        }
        String[] parts = told.split("\\s+");
        try {
            int port = Integer.parseInt(parts[0]);
            if (port > 0 && port <= 65535) {
                InetAddress where = parts.length == 4 ? new SdpConnection(parts[1], parts[2], parts[3]).literalAddress() : address;
                return new InetSocketAddress(where, port);
            }
        } catch (NumberFormatException malformed) {
            // the default below
        }
        return next;
    }

    private int ptime(SdpMedia theirs) {
        int wanted = number(theirs, "ptime", defaultPtime);
        int most = number(theirs, "maxptime", MOST_PTIME);
        int ptime = Math.min(Math.min(wanted, MOST_PTIME), most) / 10 * 10;
        return ptime >= 10 ? ptime : defaultPtime;
    }

    private static int number(SdpMedia stream, String attribute, int otherwise) {
        String told = stream.attribute(attribute).orElse("").trim();
        if (told.isEmpty()) {
            return otherwise;
        }
        try {
            return (int) Double.parseDouble(told);
        } catch (NumberFormatException malformed) {
            return otherwise;
        }
    }

    /** Our offer was refused: what was agreed before stands. Changes nothing when no offer is open. */
    public void rollback() {
        if (state != NegotiationState.AGREED) {
            ourOffer = null;
        }
        step(NegotiationState.Step.ROLLBACK);
    }

    private void agree(NegotiatedAudio result, List<SdpMedia> streams, int index) {
        agreed = result;
        lastStreams = streams;
        lastIndex = index;
    }

    private void step(NegotiationState.Step step) {
        NegotiationState next = state.after(step);
        if (next == null) {
            throw new IllegalStateException(step + " is not possible now: " + state);
        }
        state = next;
    }

    private SdpMedia stream(String protocol, List<AudioFormat> formats, List<SdpAttribute> keys, MediaDirection direction, int ptime) {
        List<SdpAttribute> attributes = new ArrayList<>(keys);
        List<String> payloads = new ArrayList<>(formats.size());
        for (AudioFormat format : formats) {
            payloads.add(Integer.toString(format.payloadType()));
            attributes.add(format.rtpmap());
            if (!format.parameters().isEmpty()) {
                attributes.add(new SdpAttribute("fmtp", format.payloadType() + " " + format.parameters()));
            }
        }
        attributes.add(new SdpAttribute("ptime", Integer.toString(ptime)));
        attributes.add(new SdpAttribute(direction.attribute(), null));
        return new SdpMedia("audio", rtpPort, protocol, payloads, null, attributes, List.of());
    }

    /** The version of {@code o=} rises with each change, and with a change only (RFC 3264, section 8). */
    private SdpSession session(List<SdpMedia> streams) {
        StringBuilder body = new StringBuilder();
        streams.forEach(stream -> stream.appendTo(body));
        if (lastBody != null && !lastBody.contentEquals(body)) {
            version++;
        }
        lastBody = body.toString();
        String origin = "- " + sessionId + " " + Long.toUnsignedString(version) + " " + connection;
        return new SdpSession(origin, "-", connection, List.of(), List.of(), streams);
    }
}
