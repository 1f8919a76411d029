package io.github.camelvoice.media.stream;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.media.dtmf.DtmfReceiver;
import io.github.camelvoice.media.dtmf.DtmfSender;
import io.github.camelvoice.media.dtmf.TelephoneEvent;
import io.github.camelvoice.media.port.PortPair;
import io.github.camelvoice.media.rtcp.RtcpSession;
import io.github.camelvoice.media.rtp.OutboundNumbering;
import io.github.camelvoice.media.rtp.SourceGate;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Puts streams together. */
public final class LegStreams {

    private LegStreams() {
    }

    /** A stream that waits for its first agreement. {@code events} may be told on the agent's thread and must not block. */
    public static LegStream open(String callId, PortPair ports, StreamSettings settings, MediaAgent agent, Consumer<MediaEvent> events) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        OutboundNumbering numbering = new OutboundNumbering(random.nextInt(), random.nextInt(0x8000), random.nextInt(),
                TelephoneEvent.CLOCK_RATE);
        FigureBoard figures = new FigureBoard();
        SourceGate gate = new SourceGate(settings.symmetricRtp(), settings.latchWindow().toNanos());
        DtmfReceiver keys = new DtmfReceiver((key, millis) -> events.accept(new MediaEvent.Dtmf(key, millis)));
        DtmfSender digits = new DtmfSender(id -> events.accept(new MediaEvent.DtmfSent(id)));
        LegLog log = new LegLog(callId);
        Receiver receiver = new Receiver(gate, numbering.ssrc(), figures, keys);
        RtcpSession reports = new RtcpSession(numbering, "leg-" + Integer.toHexString(numbering.ssrc()), settings.rtcpInterval().toNanos(),
                new SplittableRandom(random.nextLong()), agent.clock().nanos(), agent.clock().now().toEpochMilli());
        Sender sender = new Sender(numbering, ports.rtp()::send, figures, digits, settings.sendSilence());
        return new LegStream(ports, receiver, sender, new RtcpPort(ports, reports, receiver, sender, numbering.ssrc(), figures, log),
                new Watchdog(settings.deadMedia()), log, figures,
                events, agent);
    }
}
