package io.github.camelvoice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.account.spi.RegisterAnswer;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistrarTest {

    private static final String DESK = "sip:alice@10.0.0.1:5060";
    private static final String MOBILE = "sip:alice@10.0.0.2:5060";

    private final ManualTimers time = new ManualTimers();
    private final MemoryUsers kept = new MemoryUsers();
    private final Users users = new Users("voice", Map.of("alice", Ha1.of("alice", "voice", "a"), "bob", Ha1.of("bob", "voice", "b")), kept, time);
    private final Registrar registrar = new Registrar(users, new RegistrarOptions(60, 7200, 3600, 3), time, time, new Ids("n1"),
            Runnable::run);
    private final List<String> told = new ArrayList<>();

    RegistrarTest() {
        registrar.follow((user, bindings, changes) -> changes.forEach(change -> told.add(user + " "
                + change.event().name().toLowerCase(Locale.ROOT) + " " + change.binding().contact() + " of " + bindings.size())));
    }

    private Asked ask(Asked request) {
        registrar.registering(request);
        return request;
    }

    private List<String> contacts(String user) {
        return registrar.find(user).stream().map(Binding::contact).toList();
    }

    @Test
    void aPhoneRegistersRefreshesAndLeaves() {
        Asked first = ask(new Asked("alice", DESK));
        assertThat(first.answer()).isEqualTo(new RegisterAnswer.Registered(List.of(new RegisterAnswer.Bound(DESK, 3600, 1000, ""))));
        time.advance(Duration.ofSeconds(1800));
        ask(new Asked("alice", DESK).of("one", 2));
        String id = registrar.find("alice").get(0).id();
        ask(new Asked("alice", DESK).of("one", 3).expires(60));
        assertThat(registrar.find("alice").get(0).id()).isEqualTo(id);
        ask(new Asked("alice", DESK).of("one", 4).expires(0));
        assertThat(contacts("alice")).isEmpty();
        assertThat(told).containsExactly("alice registered " + DESK + " of 1", "alice refreshed " + DESK + " of 1",
                "alice shortened " + DESK + " of 1", "alice unregistered " + DESK + " of 0");
        assertThat(time.pending()).isZero();
    }

    @Test
    void aRegistrationEndsByItself() {
        ask(new Asked("alice", DESK).expires(60));
        ask(new Asked("alice", MOBILE).expires(120));
        time.advance(Duration.ofSeconds(60));
        assertThat(contacts("alice")).containsExactly(MOBILE);
        time.advance(Duration.ofSeconds(59));
        assertThat(contacts("alice")).containsExactly(MOBILE);
        time.advance(Duration.ofSeconds(1));
        assertThat(registrar.all()).isEmpty();
        assertThat(told).endsWith("alice expired " + DESK + " of 1", "alice expired " + MOBILE + " of 0");
        assertThat(time.pending()).isZero();
    }

    @Test
    void whoAsksForNothingIsToldWhatThereIs() {
        ask(new Asked("alice").contact(DESK, 600, 300).contact(MOBILE, 60, 900));
        time.advance(Duration.ofSeconds(10));
        assertThat(ask(new Asked("alice").of("other", 1)).answer()).isEqualTo(new RegisterAnswer.Registered(
                List.of(new RegisterAnswer.Bound(MOBILE, 50, 900, ""), new RegisterAnswer.Bound(DESK, 590, 300, ""))));
        assertThat(contacts("alice")).as("the preferred one first").containsExactly(MOBILE, DESK);
    }

    @Test
    void shortTimesAreRefusedAndLongOnesCut() {
        assertThat(ask(new Asked("alice", DESK).expires(59)).answer()).isEqualTo(new RegisterAnswer.Refused(423, "Interval Too Brief", 60));
        assertThat(contacts("alice")).isEmpty();
        assertThat(ask(new Asked("alice", DESK).expires(90_000)).answer())
                .isEqualTo(new RegisterAnswer.Registered(List.of(new RegisterAnswer.Bound(DESK, 7200, 1000, ""))));
    }

    @Test
    void ofTwoContactsWithOneThatIsRefusedNoneIsTaken() {
        assertThat(ask(new Asked("alice").contact(DESK, 600, 1000).contact(MOBILE, 5, 1000)).code()).isEqualTo(423);
        assertThat(contacts("alice")).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void anAsteriskEndsAllAndNothingElse() {
        ask(new Asked("alice", DESK, MOBILE));
        assertThat(ask(new Asked("alice").asterisk().of("two", 1)).code()).isEqualTo(400);
        assertThat(ask(new Asked("alice", DESK).asterisk().expires(0).of("two", 1)).code()).isEqualTo(400);
        assertThat(ask(new Asked("alice").asterisk().expires(0)).code()).as("as old as the registration itself").isEqualTo(500);
        assertThat(contacts("alice")).hasSize(2);
        assertThat(ask(new Asked("alice").asterisk().expires(0).of("one", 2)).code()).isEqualTo(200);
        assertThat(contacts("alice")).isEmpty();
    }

    @Test
    void aLateRegisterOfTheSamePhoneChangesNothing() {
        ask(new Asked("alice", DESK).of("one", 7));
        assertThat(ask(new Asked("alice", DESK).of("one", 6).expires(0)).code()).isEqualTo(500);
        assertThat(ask(new Asked("alice", DESK).of("one", 7)).code()).isEqualTo(500);
        assertThat(ask(new Asked("alice", DESK).of("restarted", 1)).code()).isEqualTo(200);
        assertThat(contacts("alice")).containsExactly(DESK);
    }

    @Test
    void nobodyRegistersSomebodyElse() {
        assertThat(ask(new Asked("alice", DESK).by("bob")).answer()).isEqualTo(new RegisterAnswer.Refused(403, null, 0));
        assertThat(ask(new Asked("carol", DESK).by("bob")).answer()).as("known or not").isEqualTo(new RegisterAnswer.Refused(403, null, 0));
        assertThat(ask(new Asked("carol", DESK).by("")).code()).isEqualTo(403);
        assertThat(ask(new Asked("alice", DESK).by("")).code()).as("a trusted source").isEqualTo(200);
        assertThat(contacts("alice")).containsExactly(DESK);
        assertThat(registrar.all()).containsOnlyKeys("alice");
    }

    @Test
    void aUserHasSoManyContactsAndNoMore() {
        ask(new Asked("alice", DESK, MOBILE, "sip:alice@10.0.0.3"));
        assertThat(ask(new Asked("alice", "sip:alice@10.0.0.4").of("two", 1)).code()).isEqualTo(403);
        assertThat(ask(new Asked("alice").contact(DESK, 0, 1000).contact("sip:alice@10.0.0.4", 60, 1000).of("two", 1)).code()).isEqualTo(200);
        assertThat(contacts("alice")).hasSize(3);
    }

    @Test
    void aDeviceThatComesBackFromElsewhereIsNoLongerWhereItWas() {
        String phone = "<urn:uuid:1>";
        ask(new Asked("alice").device("sip:alice@10.0.0.1:40001", phone, 1).of("one", 1));
        ask(new Asked("alice").device("sip:alice@10.0.0.1:40002", phone, 2).of("two", 1));
        assertThat(contacts("alice")).as("two flows").hasSize(2);
        assertThat(ask(new Asked("alice").device("sip:alice@10.0.0.1:40003", phone, 1).of("three", 1)).code()).isEqualTo(200);
        assertThat(contacts("alice")).containsExactlyInAnyOrder("sip:alice@10.0.0.1:40002", "sip:alice@10.0.0.1:40003");
        assertThat(ask(new Asked("alice").device("sip:alice@10.0.0.1:40001", phone, 1).of("three", 1)).code()).as("a late one").isEqualTo(500);
        ask(new Asked("alice").asterisk().expires(0).of("four", 1));
        String old = "<urn:uuid:2>";
        ask(new Asked("alice").device("sip:alice@10.0.0.2:40001", old, 0).device("sip:alice@10.0.0.2:40002", old, 0).of("five", 1));
        assertThat(contacts("alice")).as("of one REGISTER").hasSize(2);
        ask(new Asked("alice").device("sip:alice@10.0.0.2:40003", old, 0).of("five", 2));
        assertThat(contacts("alice")).containsExactly("sip:alice@10.0.0.2:40003");
        ask(new Asked("alice").device("sip:alice@10.0.0.3:40003", phone, 0).of("five", 3));
        assertThat(contacts("alice")).as("another device").hasSize(2);
    }

    @Test
    void aDeviceThatStartsAnewOverAndOverIsNotLockedOut() {
        ask(new Asked("alice", DESK));
        for (int i = 1; i < 20; i++) {
            assertThat(ask(new Asked("alice").device("sip:alice@10.0.0.9:" + (40_000 + i), "<urn:uuid:1>", 0).of("start" + i, 1)).code()).isEqualTo(200);
        }
        assertThat(contacts("alice")).hasSize(3).contains(DESK, "sip:alice@10.0.0.9:40019");
        assertThat(ask(new Asked("alice").device("sip:alice@10.0.0.7", "<urn:uuid:9>", 0).of("x", 1)).code()).isEqualTo(403);
    }

    @Test
    void registeredUsersAreFoundUnderOurNames() {
        UserLocator locator = new UserLocator(registrar, () -> Set.of("example.com", "127.0.0.1:5070"));
        ask(new Asked("alice").contact(DESK, 600, 300).contact(MOBILE, 600, 900));
        assertThat(locator.find("sip:alice@Example.com;transport=tcp")).extracting("contact").containsExactly(MOBILE, DESK);
        assertThat(locator.find("sip:alice@127.0.0.1:5070")).hasSize(2);
        assertThat(locator.find("sip:bob@example.com")).as("ours, and nowhere").isEmpty();
        assertThat(locator.find("sip:alice@127.0.0.1")).isNull();
        assertThat(locator.find("sip:alice@example.org")).isNull();
        assertThat(locator.find("sip:carol@example.com")).isNull();
        assertThat(locator.find("tel:+4930123")).isNull();
    }

    @Test
    void timesMustFit() {
        assertThatThrownBy(() -> new RegistrarOptions(60, 50, 55, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegistrarOptions(60, 600, 600, 0)).hasMessageContaining("one contact");
    }
}
