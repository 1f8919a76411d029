package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.spi.EventSignalling;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageListener;
import io.github.camelvoice.subscription.spi.UsageSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Notifiers as a test says. Usages are remembered in the order of their SUBSCRIBEs. */
final class FakeSignalling implements EventSignalling {

    final List<FakeUsage> sent = new ArrayList<>();
    /** Answers a SUBSCRIBE as soon as it is sent. */
    Consumer<FakeUsage> answer = usage -> { };
    /** Answers a SUBSCRIBE that asks for full state. */
    Consumer<FakeUsage> refreshed = usage -> { };

    @Override
    public Usage subscribe(UsageSpec spec, Executor mailbox, UsageListener listener) {
        if (spec.target().contains("malformed")) {
            throw new IllegalArgumentException("the target is malformed");
        }
        return new FakeUsage(spec, mailbox, listener);
    }

    FakeUsage last() {
        return sent.get(sent.size() - 1);
    }

    List<String> targets() {
        return sent.stream().map(usage -> usage.spec.target()).toList();
    }

    final class FakeUsage implements Usage {

        final UsageSpec spec;
        private final Executor mailbox;
        private final UsageListener listener;
        int refreshes;
        boolean ended;
        boolean closed;
        private boolean over;

        private FakeUsage(UsageSpec spec, Executor mailbox, UsageListener listener) {
            this.spec = spec;
            this.mailbox = mailbox;
            this.listener = listener;
        }

        @Override
        public void start() {
            sent.add(this);
            answer.accept(this);
        }

        @Override
        public void refresh() {
            refreshes++;
            refreshed.accept(this);
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        boolean isOver() {
            return over || closed;
        }

        FakeUsage accept() {
            return tell(new UsageEvent.Accepted(3600, false));
        }

        FakeUsage refuse(int code) {
            return refuse(code, -1);
        }

        FakeUsage refuse(int code, int retryAfter, String... unsupported) {
            over = true;
            return tell(new UsageEvent.Refused(code, "No", retryAfter, List.of(unsupported)));
        }

        FakeUsage active(String body) {
            return active("d1", "text/plain", body);
        }

        FakeUsage active(String dialog, String type, String body) {
            return tell(new UsageEvent.Notified(dialog, UsageEvent.State.ACTIVE, "", -1, 3600, body.isEmpty() ? null : type, bytes(body)));
        }

        FakeUsage active(String type, byte[] body) {
            return tell(new UsageEvent.Notified("d1", UsageEvent.State.ACTIVE, "", -1, 3600, type, body));
        }

        String list() {
            return spec.list() == null ? null : new String(spec.list(), StandardCharsets.UTF_8);
        }

        FakeUsage pending() {
            return tell(new UsageEvent.Notified("d1", UsageEvent.State.PENDING, "", -1, 3600, null, bytes("")));
        }

        /** The last NOTIFY of one dialog; the usage lives on if there are others. */
        FakeUsage terminate(String dialog, String reason, int retryAfter, String body) {
            return tell(new UsageEvent.Notified(dialog, UsageEvent.State.TERMINATED, reason, retryAfter, 0, body.isEmpty() ? null : "text/plain",
                    bytes(body)));
        }

        FakeUsage terminated(String reason, int retryAfter) {
            terminate("d1", reason, retryAfter, "");
            return ended(UsageEvent.Why.TERMINATED, 0);
        }

        FakeUsage ended(UsageEvent.Why why, int code) {
            over = true;
            return tell(new UsageEvent.Ended(why, code, code == 0 ? "" : "No"));
        }

        FakeUsage tell(UsageEvent event) {
            mailbox.execute(() -> {
                if (!closed) {
                    listener.happened(event);
                }
            });
            return this;
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
