package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The console in Chromium, over an API that can be made to fail. */
@Tag("peer")
class ConsolePageTest extends ConsolePage {

    @Test
    void signsInWithTheRightTokenAlone() throws Exception {
        browser.open(stage.url());
        browser.one("form");
        assertThat(browser.complaints()).isEmpty();
        assertThat(stage.asked).isEmpty();
        browser.picture("sign-in-light");
        browser.signIn("voice", "wrong");
        browser.awaitText(".said", "Account or token is wrong");
        assertThat(browser.complaints()).allSatisfy(each -> assertThat(each).contains("401"));
        browser.signIn("voice", "töken");
        rows(50);
        assertThat(browser.run("return Object.keys(localStorage).join() + document.cookie")).asString().doesNotContain("session");
        browser.reload();
        rows(50);
        browser.click("#sign-out");
        browser.one("input[name=account]");
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
        browser.reload();
        browser.one("input[name=account]");
    }

    @Test
    void aTokenThatIsNoLongerValidLeadsBackToTheSignIn() {
        signedIn();
        stage.fail(new ConsoleStage.Trouble(401, "unauthorized", "account and token needed", 0));
        browser.all(ROW + " a").get(2).click();
        browser.awaitText(".said", "no longer valid");
        assertThat(browser.all(ROW)).isEmpty();
        stage.fail(null);
        browser.signIn("voice", "töken");
        browser.awaitText("h1", "alice");
    }

    @ParameterizedTest
    @CsvSource({"429,too-many-requests,this account reads more than it may,Too many requests",
        "503,store,the store cannot be read,cannot tell at the moment",
        "500,internal,,failed (500)", "403,forbidden,this account lacks voice.calls.list on project default,lacks voice.calls.list"})
    void troubleIsSaidInWordsAndPasses(int status, String code, String detail, String said) throws Exception {
        signedIn();
        stage.fail(new ConsoleStage.Trouble(status, code, detail, 1));
        browser.type("#party", "alice");
        browser.awaitText(".notice", said);
        browser.picture("trouble-" + status);
        stage.fail(null);
        if (status == 500 || status == 403) {
            browser.click(".notice button");
        }
        rows(1);
        assertThat(browser.all(".notice")).isEmpty();
    }

    @Test
    void aGatewayThatIsGoneIsSaidAndFoundAgain() throws Exception {
        signedIn();
        stage.hangUp();
        eventually().until(() -> stage.listeners() == 1);
        browser.awaitText(".stream", "Live");
        stage.fail(new ConsoleStage.Trouble(503, "starting", null, 1));
        stage.hangUp();
        browser.awaitText(".stream", "Reconnecting");
        stage.fail(null);
        browser.awaitText(".stream", "Live");
    }

    @Test
    void anAccountThatMayNotFollowEventsStillHasTheList() {
        stage.fail("/events", new ConsoleStage.Trouble(403, "forbidden", "this account lacks voice.events.get on project default", 0));
        browser.open(stage.url());
        browser.signIn("voice", "töken");
        rows(50);
        browser.awaitText(".stream", "No events");
    }

    @Test
    void tooManyWrongTokensAreSaid() {
        stage.fail(new ConsoleStage.Trouble(429, "too-many-failures", "too many failed logins from this address", 7));
        browser.open(stage.url());
        browser.signIn("voice", "töken");
        browser.awaitText(".said", "too many failed logins from this address). Try again in 7 s.");
    }

    @Test
    void aTraceOfHundredsOpensInParts() {
        ObjectNode call = ConsoleCalls.call("n1-long", "inbound", "sip:zoe@example.net", "sip:+4930@192.0.2.1", Instant.now());
        for (int i = 0; i < 700; i++) {
            ConsoleCalls.message(call, i, i % 2 == 0, "INFO sip:+4930@192.0.2.1 SIP/2.0", "192.0.2.20:5062", "\r\n" + "x".repeat(300), false);
        }
        stage.calls.add(0, call);
        signedIn();
        browser.open(stage.url() + "#/calls/n1-long");
        eventually().until(() -> browser.all("button.message").size() == 300);
        browser.awaitText(".ladder .more", "Show the other 400");
        browser.click(".ladder .more");
        eventually().until(() -> browser.all("button.message").size() == 700);
    }

    @Test
    void theLadderCanBeCopied() {
        signedIn();
        browser.open(stage.url() + "#/calls/n1-talk");
        browser.one("#pcap");
        browser.run("navigator.clipboard.write = async items => { window.copied = await (await items[0].getType('text/plain')).text(); }");
        for (String form : List.of("Text", "Mermaid")) {
            browser.all(".talk .tools button").stream().filter(each -> each.getText().equals(form)).findFirst().orElseThrow().click();
            eventually().until(() -> ("ladder " + form.toLowerCase(Locale.ROOT) + " of n1-talk").equals(browser.run("return window.copied")));
        }
    }

    @Test
    void callsComeAndGoWithoutReload() {
        signedIn();
        ObjectNode call = ConsoleCalls.call("n1-new", "inbound", "sip:zoe@example.net", "sip:+4930@192.0.2.1", Instant.now());
        stage.tell("call-received", call, Map.of("calledUri", "sip:x", "transport", "udp"));
        browser.awaitText(ROW + "[data-call=n1-new] .state", "Arriving");
        assertThat(browser.all(ROW).get(0).getDomAttribute("data-call")).isEqualTo("n1-new");
        stage.tell("call-ringing", call, Map.of("sipCode", 180, "phrase", "Ringing"));
        browser.awaitText(ROW + "[data-call=n1-new] .state", "Ringing");
        stage.tell("call-answered", call, Map.of("codec", "PCMU"));
        browser.awaitText(ROW + "[data-call=n1-new] .state", "In call");
        stage.tell("held", call, Map.of("by", "remote"));
        browser.awaitText(ROW + "[data-call=n1-new] .state", "On hold");
        stage.tell("call-ended", call, Map.of("cause", "normal", "endedBy", "remote", "sipCode", 200, "phrase", "OK"));
        browser.awaitText(ROW + "[data-call=n1-new] .state", "Completed");
        stage.calls.add(0, ConsoleCalls.over(call, 1, "normal", "remote", 200, "OK", "completed: the far end hung up"));
        browser.awaitText(ROW + "[data-call=n1-new] .why", "the far end hung up");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aStormOfCallsLeavesThePageUsable() {
        signedIn();
        for (int i = 0; i < 500; i++) {
            ObjectNode call = ConsoleCalls.call("n1-storm" + i, "inbound", "sip:storm" + i + "@example.net", "sip:+4930@192.0.2.1", Instant.now());
            stage.tell("call-received", call, Map.of());
            stage.tell("call-answered", call, Map.of());
            stage.tell("call-ended", call, Map.of("cause", "normal"));
        }
        browser.awaitText(ROW + ":first-child .from", "storm499");
        assertThat(browser.all(ROW)).hasSizeLessThanOrEqualTo(200);
        browser.press("j");
        assertThat(browser.focused().getText()).isNotEmpty();
    }

    @Test
    void filtersAreInTheAddressAndOlderCallsFollow() {
        signedIn();
        browser.click("#more");
        rows(100);
        browser.click("#more");
        rows(128);
        assertThat(browser.all("#more")).isEmpty();
        browser.run("const s = document.querySelectorAll('.filters select')[0]; s.value = 'true'; s.dispatchEvent(new Event('change', { bubbles: true }))");
        rows(2);
        assertThat(browser.url()).endsWith("#/?live=true");
        browser.reload();
        rows(2);
        browser.type("#party", "nobody");
        browser.awaitText(".empty", "No call matches");
        browser.click(".empty button");
        rows(50);
        assertThat(stage.asked).anyMatch(each -> each.contains("party=nobody") && each.contains("live=true"));
        browser.open(stage.url() + "#/?time=custom&since=2026-01-01T10:00&direction=inbound&cause=busy");
        eventually().until(() -> stage.asked.stream().anyMatch(each -> each.contains("since=2026-01-01T") && each.contains("direction=inbound")
                && each.contains("cause=busy")));
        assertThat(browser.one("input[type=datetime-local]").getDomProperty("value")).startsWith("2026-01-01T10:00");
    }

    @Test
    void everythingWorksWithKeysAlone() throws Exception {
        signedIn();
        browser.press("/");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("party");
        browser.press("n1?");
        browser.awaitText("#party", "");
        assertThat(browser.all("dialog")).isEmpty();
        browser.type("#party", "alice");
        rows(1);
        browser.press(Keys.ESCAPE);
        browser.press("j");
        assertThat(browser.focused().getText()).contains("alice");
        browser.press(Keys.ENTER);
        browser.awaitText("h1", "alice");
        eventually().until(() -> browser.all("button.message").size() == 11);
        browser.press("j");
        browser.press(Keys.ARROW_DOWN, "j", "j", "k");
        browser.press(Keys.ENTER);
        browser.awaitText(".detail h3", "ACK");
        browser.press("j");
        browser.awaitText(".detail h3", "INVITE");
        browser.press(Keys.ESCAPE);
        eventually().until(() -> browser.all(".detail").isEmpty());
        assertThat(browser.focused().getText()).contains("INVITE");
        browser.press(Keys.ESCAPE);
        rows(1);
        assertThat(browser.url()).endsWith("#/?party=alice");
        assertThat(browser.focused().getText()).contains("alice");
        browser.type("#party", "nobody");
        browser.awaitText(".empty", "No call matches");
        browser.press(Keys.ESCAPE);
        browser.press("j", "k", Keys.HOME);
        browser.type("#party", "caller");
        rows(50);
        browser.press(Keys.ESCAPE);
        browser.press(Keys.END);
        assertThat(browser.focused().getText()).contains("caller49");
        browser.press("j");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("more");
        browser.press(Keys.ENTER);
        rows(100);
        browser.press(Keys.HOME);
        assertThat(browser.focused().getText()).contains("caller0@");
        browser.press("?");
        browser.awaitText("dialog h2", "Keys");
        browser.picture("help");
        browser.press(Keys.ESCAPE);
        eventually().until(() -> browser.all("dialog").isEmpty());
        assertThat(browser.focused().getText()).contains("caller0@");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aCallSaysAllThatIsKnown() {
        signedIn();
        browser.open(stage.url() + "#/calls/n1-talk");
        browser.awaitText(".reason", "the far end hung up");
        assertThat(browser.text(".facts")).contains("alice", "PCMU", "192.0.2.20:5062", "4:07", "n1-talk@192.0.2.20");
        assertThat(browser.one("a.peer").getDomAttribute("href")).isEqualTo("#/calls/n1-peer");
        assertThat(browser.text(".figures")).contains("12\u202f345", "37 0.3 %", "3.4 ms", "4.19 good", "3.42 poor");
        assertThat(browser.texts(".message .label")).hasSize(11).startsWith("INVITESDP", "401 Unauthorized", "ACK");
        assertThat(browser.all(".message .arrow.right")).hasSize(5);
        assertThat(browser.all(".message .arrow.left.again")).hasSize(1);
        browser.all("button.message").get(3).click();
        assertThat(browser.text(".wire")).contains("Authorization: Digest username=\"alice\"", "response=\"********************************\"", "m=audio 20000");
        assertThat(browser.all("button.message").get(7).getDomAttribute("aria-label"))
                .isEqualTo("+4.502 seconds: 200 OK, from This gateway to alice, sent again, with SDP");
        assertThat(browser.complaints()).isEmpty();
        browser.open(stage.url() + "#/calls/nobody");
        browser.awaitText(".notice", "no such call");
    }

    @Test
    void textOfStrangersStaysText() throws Exception {
        signedIn();
        browser.open(stage.url() + "#/calls/n1-evil");
        browser.awaitText(".reason", "<script>document.title='owned'</script>");
        for (int i = 0; i < 2; i++) {
            browser.all("button.message").get(i).click();
            browser.awaitText(".wire", i == 0 ? "<svg onload=" : "onerror=");
        }
        browser.picture("hostile");
        browser.open(stage.url() + "#/");
        rows(50);
        browser.open(stage.url() + "#/?party=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&cause=x&direction=%00&live=maybe");
        browser.awaitText(".empty", "No call matches");
        browser.open(stage.url() + "#/calls/%E0%A4%A");
        rows(50);
        assertThat(browser.title()).doesNotContain("owned");
        assertThat(browser.all("main script, main img, main [onerror]")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePolicyStopsWhatIsNotOurs() {
        browser.open(stage.url());
        browser.one("form");
        assertThat(browser.run("try { document.body.innerHTML = '<p>x</p>'; return 'done'; } catch (e) { return e.name; }")).isEqualTo("TypeError");
        browser.complaints();
    }
}
