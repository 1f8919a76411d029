package io.github.camelvoice.call;

import java.util.Collection;
import java.util.List;

/** The live calls of this node. Thread-safe. */
public interface Calls {

    /**
     * Places a call and returns at once.
     *
     * @throws CallException BAD_REQUEST (malformed target, unknown codec or header), MEDIA (no port), UNAVAILABLE (draining), FORBIDDEN and
     *                       OVERLOADED (the {@link io.github.camelvoice.call.guard.CallGuard guard} lets it not through)
     */
    Call place(PlaceCall request) throws CallException;

    /**
     * Codecs to offer to a call that is to be bridged with this one: those that its far end speaks first, in its order, so that nothing is
     * transcoded that need not be; then the rest. A codec that cannot be transcoded here is offered only if the far end speaks it. Empty: the
     * two cannot come together.
     *
     * @param wish codecs in order of preference; empty for those of the engine
     */
    default List<String> codecsToOffer(Call caller, List<String> wish) {
        return CodecChoice.toOffer(agreed(caller), caller.speaks(), wish, codec -> true);
    }

    /**
     * Codecs to answer a call with ({@link CallCommand.Answer}) that is to be bridged with one that took a codec: just that one, where the
     * caller offered it.
     *
     * @param taken what the other call speaks; null if it has no audio
     * @param wish  as above
     */
    default List<String> codecsToAnswer(Call caller, String taken, List<String> wish) {
        return CodecChoice.toAnswer(taken, caller.speaks(), wish, codec -> true);
    }

    private static String agreed(Call call) {
        MediaInfo media = call.snapshot().media();
        return media == null ? null : media.codec();
    }

    /**
     * The same call to each place where its target is registered, the preferred one first; the call itself where the target is no user of
     * ours, or is registered nowhere. {@link #place} takes the first.
     */
    default List<PlaceCall> places(PlaceCall request) {
        return List.of(request);
    }

    /** @throws CallException NO_SUCH_CALL */
    Call find(String callId) throws CallException;

    Collection<Call> live();

    /** How many calls live now. */
    int count();

    /**
     * Adds a receiver of inbound calls. Receivers are asked in the order of their {@code order}, then of their adding;
     * the first to accept has the call. Without any taker the caller gets 404, or 503 if one was {@link Receiver#isBusy busy}.
     */
    Registration receive(int order, Receiver receiver);

    /**
     * Adds somebody who decides about transfers that far ends ask for; asked as receivers of calls are. Without any taker the far end gets
     * 603, or what the engine is told.
     */
    Registration onTransfer(int order, TransferReceiver receiver);

    /** Takes inbound calls. */
    interface Receiver {

        /**
         * Whether this receiver is responsible for the call; called on a thread of the sip room, must be quick and without side effects.
         */
        boolean wants(IncomingCall call);

        /** Whether it refuses new calls for now (suspended, draining, over its caps): the caller gets 503 with Retry-After. May count the call in. */
        boolean isBusy(IncomingCall call);

        /** The call is yours, in state OFFERED; called on a thread of the call room, must be quick. */
        void received(Call call, IncomingCall incoming);
    }

    /** What is known about an inbound call before anybody took it. */
    interface IncomingCall {
        Party from();

        Party to();

        /** The Request-URI; the account, where its Contact was called. */
        Party called();

        /** Name of our account at another server that is called, {@code user@host}; empty if it is none. */
        default String account() {
            return "";
        }

        String transport();

        java.net.InetSocketAddress source();

        String authenticatedUser();

        SipHeaders headers();
    }

    /** Ends a registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
