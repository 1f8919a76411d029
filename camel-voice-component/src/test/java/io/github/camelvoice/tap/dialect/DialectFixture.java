package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A call, a clock that stands still, and published messages. */
final class DialectFixture {

    static final String CALL = "n1-7zk3aaaaaaaaaaaaaaaaaaaaaa";
    static final EngineClock CLOCK = new EngineClock() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant now() {
            return Instant.parse("2025-06-05T08:54:19.698408Z");
        }
    };

    private DialectFixture() {
    }

    static TapIdentity identity() {
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        Party from = new Party("sip:+13122010094@example.com", "+13122010094", "example.com", "Jane Doe");
        Party to = new Party("sip:+13122123456@example.com", "+13122123456", "example.com", "");
        return new TapIdentity(CALL, "tap-1", "project-1", "n1", new CallSnapshot(CALL, "abc@host", CallDirection.INBOUND, CallState.ACTIVE,
                from, to, "sip:600@example.com", "udp", "192.0.2.1:5060", "", SipHeaders.none(), at, null, at, null, null, false, false, false,
                null, null, "default", null));
    }

    static TapSpec.Builder spec(TapProtocol protocol) {
        return TapSpec.to("wss://bot.example.com/audio").protocol(protocol);
    }

    static Dialect dialect(TapSpec.Builder spec) {
        return Dialects.of(spec.build(), identity(), CLOCK);
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException invalid) {
            throw new AssertionError(text, invalid);
        }
    }

    static String resource(String name) {
        try (var in = DialectFixture.class.getResourceAsStream("/tap/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new AssertionError(name, missing);
        }
    }
}
