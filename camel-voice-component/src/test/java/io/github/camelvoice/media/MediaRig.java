package io.github.camelvoice.media;

import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.runtime.EngineClock;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A media plane on loopback with one mailbox thread. */
final class MediaRig implements AutoCloseable {

    final RtpMediaPlane plane;
    private final ExecutorService mailbox = Executors.newSingleThreadExecutor();

    MediaRig() {
        this(UnaryOperator.identity());
    }

    MediaRig(UnaryOperator<MediaConfig> change) {
        plane = new RtpMediaPlane(change.apply(config()), EngineClock.SYSTEM);
    }

    static MediaConfig config() {
        return MediaConfig.of(InetAddress.getLoopbackAddress(), 20000, 59999);
    }

    /** A leg and what it told. */
    record Leg(MediaLeg media, List<MediaEvent> events) {

        /** All events of a kind. */
        <T extends MediaEvent> List<T> told(Class<T> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    Leg open(String... codecs) throws MediaException {
        List<MediaEvent> events = new CopyOnWriteArrayList<>();
        return new Leg(plane.open("test-call", MediaTerms.plain(List.of(codecs)), mailbox, events::add), events);
    }

    /** A leg that takes, or wants, SRTP. */
    Leg open(MediaSecurity security, String... codecs) throws MediaException {
        List<MediaEvent> events = new CopyOnWriteArrayList<>();
        return new Leg(plane.open("test-call", new MediaTerms(List.of(codecs), security), mailbox, events::add), events);
    }

    /** Offer of one, answer of the other. */
    static void connect(Leg offerer, Leg answerer) throws MediaException {
        offerer.media().accept(answerer.media().answer(offerer.media().offer()));
    }

    @Override
    public void close() {
        plane.close();
        mailbox.shutdownNow();
    }
}
