package io.github.camelvoice.trace.form;

import io.github.camelvoice.trace.SipMessage;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells retransmissions: the same bytes seen again from the same source to the same destination. Thread-safe. */
public final class Repetitions {

    private Repetitions() {
    }

    /** @param messages as they were on the wire, not masked. @return which of them are repetitions, by index */
    public static BitSet of(List<SipMessage> messages) {
        BitSet repeated = new BitSet(messages.size());
        Set<Seen> seen = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            SipMessage message = messages.get(i);
            repeated.set(i, !seen.add(new Seen(message.sent(), message.source(), message.destination(), message.data())));
        }
        return repeated;
    }

    /** Whether we sent it counts too: when this gateway calls itself each message is seen at both ends. */
    private record Seen(boolean sent, InetSocketAddress source, InetSocketAddress destination, byte[] data) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Seen that && sent == that.sent && source.equals(that.source) && destination.equals(that.destination)
                    && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return 31 * source.hashCode() + Arrays.hashCode(data);
        }
    }
}
