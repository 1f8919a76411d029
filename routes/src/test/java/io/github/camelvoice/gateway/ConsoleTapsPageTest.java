package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Taps and callbacks on the page. */
@Tag("peer")
class ConsoleTapsPageTest extends ConsolePage {

    @Test
    void tapsOfALiveCallMoveAndObey() throws Exception {
        stage.taps.taps.add(ConsoleTaps.tap("n1-live1", "transcript", "wss://bots.example/stream", "twilio", "both").put("bidirectional", true));
        stage.taps.taps.add(ConsoleTaps.tap("n1-live1", "<b>evil</b>", "rtp://192.0.2.9:4000", "rtp", "listen"));
        signedIn();
        browser.open(stage.url() + "#/calls/n1-live1");
        eventually().until(() -> browser.all(".tap").size() == 2);
        assertThat(browser.text(".tap")).contains("transcript", "Tapping", "wss://bots.example/stream", "twilio", "12\u202f345", "speaks too");
        assertThat(browser.texts(".tap h3")).containsExactly("transcript", "<b>evil</b>");
        List<String> meters = List.of(".tap:first-child [role=meter]:first-of-type", ".tap:nth-child(2) .meter:nth-child(2) [role=meter]");
        for (String meter : meters) {
            String before = browser.one(meter).getDomAttribute("aria-valuenow");
            eventually().until(() -> !browser.one(meter).getDomAttribute("aria-valuenow").equals(before));
        }
        assertThat(browser.one(".tap:nth-child(2) .meter:first-child [role=meter]").getDomAttribute("aria-valuetext")).isEqualTo("not tapped");
        browser.picture("taps");
        browser.click(".tap .pause");
        browser.awaitText(".tap .badge", "Paused");
        browser.run("const s = document.querySelector('.tap select'); s.value = 'speak'; s.dispatchEvent(new Event('change', { bubbles: true }))");
        eventually().until(() -> stage.taps.changes.contains("PATCH transcript {\"direction\":\"speak\"}"));
        browser.one(".tap .stop").sendKeys(Keys.ENTER);
        browser.awaitText(".over", "transcript is over: stopped");
        eventually().until(() -> browser.all(".tap").size() == 1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTapIsStartedWithKeysAlone() throws Exception {
        signedIn();
        browser.open(stage.url() + "#/calls/n1-live1");
        browser.awaitText(".taps .none", "goes nowhere else");
        browser.one("#tap").sendKeys(Keys.ENTER);
        eventually().until(() -> "uri".equals(browser.focused().getDomAttribute("name")));
        browser.press("rtp://10.0.0.1:4000", Keys.ENTER);
        browser.awaitText(".taps .notice", "10.0.0.1 is a private address");
        assertThat(browser.focused().getDomAttribute("name")).isEqualTo("uri");
        browser.picture("tap-form");
        browser.type("input[name=uri]", "wss://bots.example/a");
        browser.press(Keys.TAB, "both", Keys.TAB, "twilio", Keys.TAB, Keys.SPACE, Keys.ENTER);
        browser.awaitText(".tap h3", "tap0");
        assertThat(stage.taps.changes).endsWith("POST {\"uri\":\"wss://bots.example/a\",\"direction\":\"both\",\"protocol\":\"twilio\",\"bidirectional\":true}");
        assertThat(browser.all(".tap-form")).isEmpty();
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("tap");
        browser.press(Keys.ENTER);
        eventually().until(() -> "uri".equals(browser.focused().getDomAttribute("name")));
        browser.press(Keys.ESCAPE);
        eventually().until(() -> browser.all(".tap-form").isEmpty());
        assertThat(browser.url()).endsWith("n1-live1");
        stage.tell("call-ended", stage.calls.get(0), Map.of("cause", "normal"));
        eventually().until(() -> browser.all(".taps").isEmpty());
    }

    @Test
    void anAccountThatMayNotSeeTapsIsToldSo() {
        stage.fail("/taps", new ConsoleStage.Trouble(403, "forbidden", "this account lacks voice.taps.get on project default", 0));
        signedIn();
        browser.open(stage.url() + "#/calls/n1-live1");
        browser.awaitText(".taps .notice", "voice.taps.get");
        assertThat(stage.asked.stream().filter(each -> each.endsWith("/taps"))).hasSize(1);
    }

    @Test
    void callbacksGivenUpAreTriedAgain() throws Exception {
        stage.callbacks.callbacks.add(ConsoleCallbacks.givenUp("c1", "https://status.example", "the receiver answered 410"));
        stage.callbacks.callbacks.add(ConsoleCallbacks.givenUp("c2", "<img src=x>", "its time was over: <b>503</b>"));
        signedIn();
        browser.click("#callbacks");
        eventually().until(() -> browser.all(".callback").size() == 2);
        assertThat(browser.texts(".callback h3")).containsExactly("tap → https://status.example", "tap → <img src=x>");
        assertThat(browser.text(".callback .to")).contains("he receiver answered 410", "n1-talk");
        browser.all(".callback .tools button").get(0).click();
        browser.awaitText(".attempts", "connect timed out");
        browser.picture("callbacks");
        browser.one(".callback .replay").sendKeys(Keys.ENTER);
        eventually().until(() -> browser.all(".callback").size() == 1);
        browser.run("const s = document.querySelector('.which select'); s.value = 'waiting'; s.dispatchEvent(new Event('change', { bubbles: true }))");
        browser.awaitText(".callback h3", "status.example");
        assertThat(browser.complaints()).isEmpty();
        browser.press(Keys.ESCAPE);
        rows(50);
    }
}
