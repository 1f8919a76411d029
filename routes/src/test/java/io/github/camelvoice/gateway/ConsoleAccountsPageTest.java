package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static io.github.camelvoice.gateway.ConsoleAccounts.account;
import static io.github.camelvoice.gateway.ConsoleAccounts.failed;
import static io.github.camelvoice.gateway.ConsoleAccounts.inCall;
import static io.github.camelvoice.gateway.ConsoleAccounts.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** SIP accounts on the page. */
@Tag("peer")
class ConsoleAccountsPageTest extends ConsolePage {

    private static final String CARD = "ul.all .account";
    private static final String ALICE = "alice@example.com";

    private void fill() {
        ObjectNode bot = account("bot@example.com", "registered");
        inCall(bot, status(9, "OUTGOING_CALL_CONNECTED", "sip:<b>100</b>@example.com", null));
        stage.accounts.accounts.addAll(List.of(account(ALICE, "registered"), bot,
                failed(account("wrong@example.com", "refused"), 403, "<i>Forbidden</i>", 1, null),
                failed(account("away@example.com", "waiting"), 503, "Service Unavailable", 3, Instant.now().plusSeconds(45))));
    }

    @Test
    void theListShowsHowTheyAreRegistered() throws Exception {
        signedIn();
        browser.click("#accounts");
        browser.awaitText(".empty", "No SIP account is registered");
        browser.picture("accounts-empty");
        fill();
        eventually().until(() -> browser.all(CARD).size() == 4);
        assertThat(browser.text(".head .sum")).isEqualTo("2 of 4 registered, 1 in a session, 1 in a call");
        assertThat(browser.text(CARD)).contains("Registered", ALICE, "at sip.example.com:5061 by tls", "until", "(in 30 min)", "no session");
        assertThat(browser.text(CARD + ":nth-child(2)")).contains("In call with <b>100</b>@example.com", "in a session", "Its call");
        assertThat(browser.text(CARD + ":nth-child(3)")).contains("Refused", "The server refuses user or password (403 <i>Forbidden</i>).",
                "It is not tried again: register it anew.");
        assertThat(browser.text(CARD + ":nth-child(4)")).contains("Not registered", "(503 Service Unavailable).", "3 failures in a row", "Next try", "(in 4");
        browser.picture("accounts");
        browser.type("input[type=search]", "wrong");
        eventually().until(() -> browser.all(CARD).size() == 1);
        browser.type("input[type=search]", "nobody");
        browser.awaitText(".empty", "None like that");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"light,1360", "dark,1360", "light,360", "dark,360"})
    void canBeReadInLightAndDarkWideAndNarrow(String scheme, int width) throws Exception {
        fill();
        stage.accounts.statuses.addAll(List.of(status(1, "REGISTERED", null, null), status(2, "OUTGOING_CALL_FAILED", "sip:2@example.com", "486 Busy Here"),
                status(3, "OUTGOING_CALL_INITIATED", "sip:a-very-long-name-of-somebody-far-away@conference.department.example.com", null)));
        browser.size(width, 900);
        browser.prefers(scheme);
        signedIn();
        browser.open(stage.url() + "#/accounts");
        eventually().until(() -> browser.all(CARD).size() == 4);
        browser.click("#register");
        looksRight("accounts-" + scheme + "-" + width);
        browser.open(stage.url() + "#/accounts/bot%40example.com");
        eventually().until(() -> browser.all(".status").size() == 3);
        looksRight("account-" + scheme + "-" + width);
    }

    private void looksRight(String name) throws Exception {
        browser.picture(name);
        assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")).as("nothing is cut off").isTrue();
        assertThat(browser.contrasts()).allSatisfy(each -> assertThat(((Number) each.get("ratio")).doubleValue()).as(each.toString()).isGreaterThanOrEqualTo(4.5));
    }

    @Test
    void oneIsRegisteredFromThePage() throws Exception {
        signedIn();
        browser.open(stage.url() + "#/accounts");
        browser.click("#register");
        eventually().until(() -> "account".equals(browser.focused().getDomAttribute("name")));
        browser.press("new@example.com", Keys.TAB, "s3cret");
        browser.type("input[name=expires]", "600");
        stage.fail("sip-accounts/new", new ConsoleStage.Trouble(400, "bad-field", "account has no host", 0));
        browser.press(Keys.ENTER);
        browser.awaitText(".register .notice", "Account has no host.");
        stage.fail(null);
        browser.type("input[name=expires]", "600");
        browser.press(Keys.ENTER);
        browser.awaitText("h1", "new@example.com");
        assertThat(stage.accounts.asked).contains("PUT new@example.com {\"password\":\"s3cret\",\"expires\":600}");
        browser.awaitText(".history", "Nothing has happened yet");
        assertThat((String) browser.run("return document.documentElement.outerHTML")).doesNotContain("s3cret");
    }

    @Test
    void oneIsSeenLiveAndActedOn() throws Exception {
        ObjectNode alice = account(ALICE, "registered");
        stage.accounts.accounts.add(alice);
        stage.accounts.statuses.add(status(1, "REGISTERED", null, null));
        signedIn();
        browser.open(stage.url() + "#/accounts/" + ALICE);
        browser.awaitText(".history header", "Live");
        assertThat(stage.accounts.asked).contains("stream after 1");
        assertThat(browser.texts(".status .badge")).containsExactly("Registered");
        assertThat(browser.all("#call, #hang-up, #end-session")).isEmpty();
        browser.one(".session select").sendKeys("answers after 5");
        browser.click("#start-session");
        eventually().until(() -> stage.accounts.asked.contains("POST " + ALICE + "/session {\"autoAnswerInterval\":5}"));
        alice.put("started", true).put("autoAnswerInterval", 5);
        stage.accounts.tell(status(2, "SESSION_STARTED", null, null));
        browser.awaitText(".session", "calls are answered after 5 s");
        browser.type("input[name=callee]", "100");
        browser.press(Keys.ENTER);
        eventually().until(() -> stage.accounts.asked.contains("POST " + ALICE + "/session/call {\"callee\":\"100\"}"));

        ObjectNode rings = status(3, "INCOMING_CALL_INITIATED", "sip:<b>bob</b>@example.com", null);
        inCall(alice, rings);
        stage.accounts.tell(rings);
        eventually().until(() -> browser.texts(".status .badge").equals(List.of("Called by <b>bob</b>@example.com", "Session started", "Registered")));
        browser.click("#answer");
        browser.one("#hang-up").sendKeys(Keys.ENTER);
        eventually().until(() -> stage.accounts.asked.containsAll(List.of("POST " + ALICE + "/session/call/answer", "DELETE " + ALICE + "/session/call")));

        stage.accounts.hangUp();
        browser.awaitText(".history header", "Reconnecting");
        browser.awaitText(".history header", "Live");
        eventually().until(() -> stage.accounts.asked.contains("stream after 3"));
        assertThat(browser.texts(".status")).hasSize(3);

        stage.fail("session", new ConsoleStage.Trouble(409, "no-ongoing-call", "the session has no call", 0));
        browser.click("#hang-up");
        browser.awaitText(".notice", "The session has no call.");
        stage.fail(null);
        browser.click("#unregister");
        eventually().until(() -> "unregister-sure".equals(browser.focused().getDomAttribute("id")));
        browser.press(Keys.ESCAPE);
        eventually().until(() -> browser.all("#unregister-sure").isEmpty());
        browser.click("#unregister");
        browser.click("#unregister-sure");
        browser.awaitText("h1", "SIP accounts");
        assertThat(stage.accounts.asked).contains("DELETE " + ALICE);
        eventually().until(() -> stage.accounts.listeners() == 0);
    }

    @Test
    void whoMayOnlyLookSeesNoButtons() throws Exception {
        fill();
        stage.accounts.may = List.of("get");
        signedIn();
        browser.open(stage.url() + "#/accounts");
        eventually().until(() -> browser.all(CARD).size() == 4);
        assertThat(browser.all("#register")).isEmpty();
        browser.open(stage.url() + "#/accounts/bot@example.com");
        browser.awaitText(".the-call", "with <b>100</b>@example.com");
        assertThat(browser.all("main button, main form")).isEmpty();
        stage.accounts.accounts.clear();
        browser.awaitText(".notice", "There is no such SIP account any more");
    }
}
