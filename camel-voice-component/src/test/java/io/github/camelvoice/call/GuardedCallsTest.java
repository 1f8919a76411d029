package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The registry asks the guard before anything leaves, and tells it when a call is over. */
class GuardedCallsTest {

    private final List<String> asked = new ArrayList<>();
    private CallException refusal;

    private final CallGuard guard = new CallGuard() {
        @Override
        public void check(String account, String callId, String uri) {
            throw new AssertionError("placing is not telling");
        }

        @Override
        public Admission admit(String account, String callId, Party to, String proxy, boolean ours) throws CallException {
            asked.add(account + " " + callId + " " + to.uri() + " " + proxy);
            if (refusal != null) {
                throw refusal;
            }
            return new Admission() {
                @Override
                public Duration longest() {
                    return Duration.ofSeconds(60);
                }

                @Override
                public void release() {
                    asked.add("released");
                }
            };
        }
    };
    private final CallBench bench = new CallBench(10, guard);

    private static PlaceCall request() {
        return new PlaceCall(new OutboundLeg("sip:bob@127.0.0.1", null, null, null, null, "sip:proxy.example", 0, null), List.of(),
                Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    @Test
    void asksWithAccountParentAndProxy() throws CallException {
        bench.registry.place(request().withAccount("acme").withParent("n1-1"));
        bench.registry.place(request());
        assertThat(asked).containsExactly("acme n1-1 sip:bob@127.0.0.1 sip:proxy.example", "default null sip:bob@127.0.0.1 sip:proxy.example");
    }

    @Test
    void ofARefusedCallNothingIsLeft() {
        refusal = new CallException(Kind.FORBIDDEN, null, "no");
        assertThat(catchThrowableOfType(CallException.class, () -> bench.registry.place(request()))).returns(Kind.FORBIDDEN, CallException::kind);
        assertThat(bench.registry.count()).isZero();
        assertThat(bench.leg().sent).containsExactly("abandon");
        assertThat(bench.events()).isEmpty();
    }

    @Test
    void theGuardsTimeLimitIsTheLongest() throws CallException {
        Call call = bench.registry.place(request());
        bench.leg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        bench.pass(59);
        assertThat(call.snapshot().state().isOver()).isFalse();
        bench.pass(2);
        assertThat(call.snapshot().cause()).returns(EndCause.Kind.TIME_LIMIT, EndCause::kind)
            .extracting(EndCause::phrase).asString().contains("60 s");
    }

    @Test
    void aCallThatIsOverIsReleased() throws CallException {
        Call call = bench.registry.place(request());
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
        bench.leg().says(new SignalEvent.Rejected(487, "Request Terminated", SipHeaders.none(), List.of()));
        bench.leg().says(new SignalEvent.Closed());
        assertThat(call.snapshot().state().isOver()).isTrue();
        assertThat(asked).last().isEqualTo("released");
    }

    @Test
    void aCallWithoutAPortIsReleased() {
        bench.media.ports = 0;
        assertThat(catchThrowableOfType(CallException.class, () -> bench.registry.place(request()))).returns(Kind.MEDIA, CallException::kind);
        assertThat(asked).last().isEqualTo("released");
    }

    @Test
    void aCallThatComesBackAgainAndAgainIsNotSentOn() throws CallException {
        String parent = null;
        for (int i = 0; i <= Loops.MOST_RETURNS; i++) {
            bench.placedAs = bench.cameAs = "round-" + i;
            bench.registry.place(request().withParent(parent));
            parent = bench.invite("offer").id();
        }
        String last = parent;
        assertThat(bench.registry.loopsRefused()).isZero();
        assertThat(catchThrowableOfType(CallException.class, () -> bench.registry.place(request().withParent(last))))
            .returns(Kind.FORBIDDEN, CallException::kind).hasMessageContaining("circles");
        assertThat(bench.registry.loopsRefused()).isEqualTo(1);
        bench.cameAs = "another";
        bench.registry.place(request().withParent(bench.invite("offer").id()));
    }
}
