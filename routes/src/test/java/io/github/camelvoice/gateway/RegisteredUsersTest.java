package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.testkit.RawSip;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones register at the gateway and call each other: no other server, no route of the operator. */
class RegisteredUsersTest {

    @TempDir
    Path folder;
    private final RawSip busy = RawSip.open();
    private Running running;
    private TestPhone alice;
    private TestPhone bob;

    @BeforeEach
    void start() throws Exception {
        running = Running.start(folder.resolve("data"), Map.of("voice.sip.users", "alice:wonder,bob:builder"));
        alice = new TestPhone(folder);
        bob = new TestPhone(folder);
        busy.answering(request -> request.method().equals("INVITE") ? request.answer(486, "Busy Here", "") : request.answer(200, "OK", ""));
    }

    @AfterEach
    void stop() {
        busy.close();
        alice.close();
        bob.close();
        running.close();
    }

    /** The bare user agent registers itself and the phone. */
    private RawSip.Message register(int expires) {
        String aor = "sip:alice@127.0.0.1";
        return busy.request("REGISTER", "sip:127.0.0.1:" + running.sipPort()).from(aor).to(aor).with("Expires: " + expires,
                "Contact: <sip:alice@127.0.0.1:" + alice.sipPort() + ">").as("alice", "wonder").send(running.sipPort());
    }

    @Test
    void allPhonesRingAndWhoAnswersIsConnected() throws Exception {
        BlockingQueue<Call> rung = alice.answerAll();
        assertThat(register(600).code()).isEqualTo(200);
        Call call = bob.dial("alice", running.sipPort());
        bob.answered(call);
        Call taken = rung.poll(20, TimeUnit.SECONDS);
        assertThat(taken).isNotNull();
        assertThat(busy.requests("INVITE")).as("the other phone rang too").isNotEmpty();
        bob.hangUp(call);
        assertThat(alice.ended(taken).cause().kind()).isEqualTo(EndCause.Kind.NORMAL);
        assertThat(bob.ended(call).cause().endedBy()).isEqualTo(EndCause.Origin.LOCAL);
    }

    @Test
    void whoIsNotThereCannotBeReached() throws Exception {
        assertThat(register(600).code()).isEqualTo(200);
        assertThat(register(0).code()).isEqualTo(200);
        Call call = bob.dial("alice", running.sipPort());
        assertThat(bob.ended(call).cause().sipCode()).isEqualTo(480);
    }

    @Test
    void whoIsOnAnotherCallIsBusy() throws Exception {
        String aor = "sip:alice@127.0.0.1";
        assertThat(busy.request("REGISTER", "sip:127.0.0.1:" + running.sipPort()).from(aor).to(aor).with("Expires: 600").as("alice", "wonder")
                .send(running.sipPort()).code()).isEqualTo(200);
        Call call = bob.dial("alice", running.sipPort());
        assertThat(bob.ended(call).cause().sipCode()).isEqualTo(486);
    }
}
