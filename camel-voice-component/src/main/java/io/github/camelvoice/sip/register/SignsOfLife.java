package io.github.camelvoice.sip.register;

import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.dialog.Answers;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.stack.Flow;
import io.github.camelvoice.sip.stack.FlowListener;
import io.github.camelvoice.sip.stack.FlowWatch;
import io.github.camelvoice.sip.stack.SipDoor;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Keeps the flow of a registration alive (RFC 5626, section 4.4), as often as the server says, or else as often as we want. On the
 * mailbox of its usage.
 */
final class SignsOfLife {

    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 86_400;

    private final SipDoor door;
    private final Executor mailbox;
    private final int wanted;
    private final Runnable moved;
    private final Consumer<String> lost;
    private Flow flow;
    private int seconds;
    private boolean expected;
    private FlowWatch watch;
    private InetSocketAddress mapped;

    /**
     * @param wanted seconds where the server names none, 0 for no signs then
     * @param moved  we are seen at another address than before: what is registered leads nowhere
     */
    SignsOfLife(SipDoor door, Executor mailbox, int wanted, Runnable moved, Consumer<String> lost) {
        this.door = door;
        this.mailbox = mailbox;
        this.wanted = wanted;
        this.moved = moved;
        this.lost = lost;
    }

    /** A REGISTER that took this flow was answered so. */
    void keep(Flow taken, SIPResponse response) {
        int asked = Answers.leading(Messages.value(response, "Flow-Timer"));
        boolean promised = asked > 0 || Messages.lists(response, "Require", "outbound");
        int every = asked > 0 ? Math.max(LEAST_SECONDS, Math.min(asked, MOST_SECONDS)) : wanted;
        if (watch != null && taken != null && taken.equals(flow) && every == seconds && promised == expected) {
            return;
        }
        stop();
        if (taken == null || every == 0) {
            return;
        }
        flow = taken;
        seconds = every;
        expected = promised;
        watch = door.keepAlive(taken, every, promised, new Listener(), mailbox);
    }

    void stop() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        mapped = null;
    }

    /** What one watch tells; nothing once another one took its place. */
    private final class Listener implements FlowListener {

        private boolean isOld() {
            return watch == null;
        }

        @Override
        public void seen(InetSocketAddress address) {
            if (isOld()) {
                return;
            }
            boolean changed = mapped != null && !mapped.equals(address);
            mapped = address;
            if (changed) {
                moved.run();
            }
        }

        @Override
        public void lost(String why) {
            if (!isOld()) {
                watch = null;
                lost.accept(why);
            }
        }
    }
}
