package io.github.camelvoice.sip.register;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.registration.spi.RegisterEvent;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.dialog.Wire;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A registration without sockets and without real time: a registrar by hand. */
final class RegisterRig {

    static final String TOKEN = "tok0123456789abcdef";
    static final String REGISTRAR = "sip:127.0.0.1:5099";
    static final String CONTACT = "sip:" + TOKEN + "@127.0.0.1:5060";
    static final String INSTANCE = "urn:uuid:00000000-0000-4000-8000-000000000001";

    final FakeDoor door = new FakeDoor();
    final ManualTimers timers = new ManualTimers();
    final RegisterClient client;
    final List<RegisterEvent> events = new ArrayList<>();
    double random;

    RegisterRig() {
        Wire.via("z9hG4bKinit");
        client = new RegisterClient(new SipEnv(door, timers, new Ids("t"), "voice", null, true), timers, () -> random);
    }

    static RegisterSpec spec(int expires) {
        return new RegisterSpec("sip:alice@example.com", REGISTRAR, List.of(), "alice", "secret", TOKEN, INSTANCE, List.of(), expires, 0, false);
    }

    RegisterUsage register(RegisterSpec spec) {
        RegisterUsage usage = usage(spec);
        usage.start();
        return usage;
    }

    RegisterUsage usage(RegisterSpec spec) {
        Executor here = Runnable::run;
        return client.register(spec, here, events::add);
    }

    FakeDoor.Sent last() {
        return door.last("REGISTER");
    }

    String lastHeader(String name) {
        return Messages.value((SIPRequest) Wire.parse(last().request.encode()), name);
    }

    /** A 200 that binds ours. */
    void accept(int expires) {
        answer(200, contact(CONTACT, expires));
    }

    void answer(int code, RawHeader... headers) {
        last().respond(code, "r1", null, headers);
    }

    static RawHeader contact(String uri, int expires) {
        return new RawHeader("Contact", "<" + uri + ">;expires=" + expires);
    }

    void challenge(int code, String algorithm, String nonce, String more) {
        answer(code, new RawHeader(code == 401 ? "WWW-Authenticate" : "Proxy-Authenticate",
                "Digest realm=\"example.com\", nonce=\"" + nonce + "\", qop=\"auth\", algorithm=" + algorithm + more));
    }

    void pass(double seconds) {
        timers.advance(Duration.ofMillis((long) (seconds * 1000)));
    }

    long sent() {
        return door.count("REGISTER");
    }

    List<String> told() {
        return events.stream().map(RegisterRig::text).toList();
    }

    static String text(RegisterEvent event) {
        if (event instanceof RegisterEvent.Registered registered) {
            return "registered " + registered.expires();
        }
        if (event instanceof RegisterEvent.Refused refused) {
            return "refused " + refused.code() + (refused.retryAfter() < 0 ? "" : " after " + refused.retryAfter());
        }
        return event instanceof RegisterEvent.Lost lost ? "lost " + lost.why() : "unregistered";
    }

    void assertNothingLeft() {
        assertThat(timers.pending()).as("timers").isZero();
    }
}
