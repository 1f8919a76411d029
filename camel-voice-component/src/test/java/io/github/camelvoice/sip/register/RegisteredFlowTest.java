package io.github.camelvoice.sip.register;

import static io.github.camelvoice.sip.register.RegisterRig.CONTACT;
import static io.github.camelvoice.sip.register.RegisterRig.REGISTRAR;
import static io.github.camelvoice.sip.register.RegisterRig.TOKEN;
import static io.github.camelvoice.sip.register.RegisterRig.contact;
import static io.github.camelvoice.sip.register.RegisterRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.registration.spi.RegisterEvent;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.dialog.Wire;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way to the server: signs of life, its loss, who may call, and how we are seen. */
class RegisteredFlowTest {

    private final RegisterRig rig = new RegisterRig();

    private static RegisterSpec kept(int keepAlive, boolean rewrite) {
        return new RegisterSpec("sip:alice@example.com", REGISTRAR, List.of(), "alice", "secret", TOKEN, RegisterRig.INSTANCE, List.of(), 600, keepAlive,
                rewrite);
    }

    private FakeDoor.Kept kept() {
        return rig.door.kept.get(rig.door.kept.size() - 1);
    }

    @Test
    void noSignsWhereNobodyWantsThem() {
        rig.register(spec(600));
        rig.accept(600);
        assertThat(rig.door.kept).isEmpty();
    }

    @Test
    void asOftenAsWeWantOrTheServer() {
        RegisterUsage usage = rig.register(kept(25, false));
        rig.accept(600);
        assertThat(kept().seconds).isEqualTo(25);
        assertThat(kept().expected).isFalse();
        usage.start();
        rig.accept(600);
        assertThat(rig.door.kept).as("the same one").hasSize(1);
        usage.start();
        rig.answer(200, contact(CONTACT, 600), new RawHeader("Flow-Timer", "90"), new RawHeader("Require", "outbound"));
        assertThat(kept().seconds).isEqualTo(90);
        assertThat(kept().expected).isTrue();
        usage.start();
        rig.answer(200, contact(CONTACT, 600), new RawHeader("Flow-Timer", "1"));
        assertThat(kept().seconds).as("no storm").isEqualTo(5);
        usage.start();
        rig.answer(200, contact(CONTACT, 600), new RawHeader("Flow-Timer", "999999999999"));
        assertThat(kept().seconds).as("cannot be read").isEqualTo(25);
        usage.close();
        assertThat(rig.door.kept).allMatch(each -> each.closed);
    }

    @Test
    void refreshesTakeTheFlowThatIsRegistered() {
        rig.register(kept(25, false));
        assertThat(rig.last().first).isNull();
        rig.accept(600);
        rig.pass(561);
        assertThat(rig.last().first).isNotNull();
        rig.last().timeout();
        assertThat(rig.door.kept).allMatch(each -> each.closed);
    }

    @Test
    void aLostFlowIsToldOnceAndGivenUp() {
        RegisterUsage usage = rig.register(kept(25, false));
        rig.accept(600);
        FakeDoor.Kept first = kept();
        first.listener.lost("the connection closed");
        first.listener.lost("again");
        assertThat(rig.told()).containsExactly("registered 600", "lost the connection closed");
        rig.assertNothingLeft();
        usage.start();
        assertThat(rig.last().first).as("any server of the domain").isNull();
        rig.accept(600);
        assertThat(rig.door.kept).hasSize(2);
        usage.end();
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
    }

    @Test
    void aLossDuringARefreshIsForTheRefreshToSay() {
        RegisterUsage usage = rig.register(kept(25, false));
        rig.accept(600);
        usage.start();
        kept().listener.lost("no pong");
        rig.accept(600);
        assertThat(rig.told()).containsExactly("registered 600", "registered 600");
        assertThat(rig.door.kept).as("watched anew").hasSize(2);
    }

    @Test
    void seenElsewhereMeansRegisteredAnew() {
        rig.register(kept(25, false));
        rig.accept(600);
        kept().listener.seen(new InetSocketAddress("203.0.113.7", 4000));
        assertThat(rig.sent()).isEqualTo(1);
        kept().listener.seen(new InetSocketAddress("203.0.113.7", 4001));
        assertThat(rig.sent()).isEqualTo(2);
    }

    @Test
    void whoeverIsRegisteredMayBeCalledUntilItIsOver() {
        RegisterUsage usage = rig.register(spec(600));
        assertThat(rig.door.admitted).isEmpty();
        rig.accept(600);
        assertThat(rig.door.admitted).containsOnlyKeys(TOKEN);
        usage.end();
        rig.answer(200);
        assertThat(rig.door.admitted).isEmpty();
    }

    private void seenAt(String received, int rport, String contactUri) {
        SIPResponse response = rig.last().response(200, "r1", null, contact(contactUri, 600));
        String text = response.encode().replaceFirst("(Via: [^\r]*)", "$1;received=" + received + ";rport=" + rport);
        SIPResponse seen = (SIPResponse) Wire.parse(text);
        rig.last().on.execute(() -> rig.last().listener.response(seen));
    }

    @Test
    void howWeAreSeenIsTold() {
        rig.register(kept(0, false));
        seenAt("203.0.113.7", 4000, CONTACT);
        assertThat(((RegisterEvent.Registered) rig.events.get(0)).seen()).isEqualTo("203.0.113.7:4000");
        assertThat(rig.sent()).as("our contact stays as it is").isEqualTo(1);
    }

    @Test
    void ourContactFollowsHowWeAreSeenIfThatIsWanted() {
        String seen = "sip:" + TOKEN + "@203.0.113.7:4000";
        rig.register(kept(0, true));
        seenAt("203.0.113.7", 4000, CONTACT);
        assertThat(rig.events).as("not yet").isEmpty();
        assertThat(rig.lastHeader("Contact")).startsWith("<" + seen + ">").contains("<" + CONTACT + ">;expires=0");
        seenAt("203.0.113.7", 4000, seen);
        assertThat(rig.told()).containsExactly("registered 600");
        rig.pass(561);
        assertThat(rig.lastHeader("Contact")).startsWith("<" + seen + ">").doesNotContain(CONTACT);
        seenAt("203.0.113.7", 4001, seen);
        seenAt("203.0.113.7", 4002, "sip:" + TOKEN + "@203.0.113.7:4001");
        assertThat(rig.sent()).as("once each time").isEqualTo(4);
    }
}
