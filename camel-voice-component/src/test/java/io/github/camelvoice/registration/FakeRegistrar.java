package io.github.camelvoice.registration;

import io.github.camelvoice.registration.spi.RegisterEvent;
import io.github.camelvoice.registration.spi.RegisterListener;
import io.github.camelvoice.registration.spi.RegisterSignalling;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Signalling as a test says: usages in the order in which they were made. */
final class FakeRegistrar implements RegisterSignalling {

    final List<FakeUsage> usages = new ArrayList<>();
    /** Answers a REGISTER as soon as it is sent. */
    Consumer<FakeUsage> answer = usage -> { };
    int sent;

    @Override
    public RegisterUsage register(RegisterSpec spec, Executor mailbox, RegisterListener listener) {
        if (spec.registrar().contains("unsendable")) {
            throw new IllegalArgumentException("there is no listening point for transport 'tls'");
        }
        FakeUsage usage = new FakeUsage(spec, mailbox, listener);
        usages.add(usage);
        return usage;
    }

    FakeUsage last() {
        return usages.get(usages.size() - 1);
    }

    final class FakeUsage implements RegisterUsage {

        final RegisterSpec spec;
        private final Executor mailbox;
        private final RegisterListener listener;
        int starts;
        boolean ended;
        boolean closed;

        FakeUsage(RegisterSpec spec, Executor mailbox, RegisterListener listener) {
            this.spec = spec;
            this.mailbox = mailbox;
            this.listener = listener;
        }

        @Override
        public void start() {
            starts++;
            sent++;
            answer.accept(this);
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        void bind(int expires) {
            tell(new RegisterEvent.Registered(expires, "sip:" + spec.contactUser() + "@192.0.2.1", "192.0.2.9:5060", "udp", "",
                    List.of("sip:way.example.com;lr"), List.of()));
        }

        void refuse(int code, int retryAfter) {
            tell(new RegisterEvent.Refused(code, "No", retryAfter));
        }

        void lose() {
            tell(new RegisterEvent.Lost("the connection closed"));
        }

        void leave() {
            tell(new RegisterEvent.Unregistered());
        }

        private void tell(RegisterEvent event) {
            mailbox.execute(() -> {
                if (!closed) {
                    listener.happened(event);
                }
            });
        }
    }
}
