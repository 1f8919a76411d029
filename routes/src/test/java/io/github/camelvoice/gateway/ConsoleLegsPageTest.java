package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;

/** A call with those that were called for it, on the console's page. */
@Tag("peer")
class ConsoleLegsPageTest extends ConsolePage {

    private List<ObjectNode> shown(int callees, String of) {
        List<ObjectNode> legs = ConsoleForks.fork("n1-fork", callees, Instant.now().minusSeconds(100));
        stage.calls.addAll(0, legs);
        signedIn();
        browser.open(stage.url() + "#/calls/" + of);
        eventually().until(() -> browser.all("button.message").size() == legs.get(0).get("messages").size());
        return legs;
    }

    private List<String> texts(String selector) {
        return browser.all(selector).stream().map(WebElement::getText).toList();
    }

    @Test
    void tenWhoWereCalledAreOneLadder() {
        shown(10, "n1-fork");
        assertThat(texts(".parties .who b")).startsWith("alice", "Gateway", "phone1", "phone2").endsWith("phone10").hasSize(12);
        assertThat(texts(".parties .note")).contains("busy (486)", "cancelled (487)", "bridged");
        assertThat(texts(".leg .note")).hasSize(11).startsWith("caller").endsWith("bridged");
        assertThat(browser.all(".lines i.won")).hasSize(1);
        assertThat(browser.all("button.message").get(2).getDomAttribute("aria-label")).isEqualTo("+0.011 seconds: INVITE, from Gateway to phone1, with SDP");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLegLeadsToItsCallerAndBack() {
        shown(2, "n1-fork-1");
        assertThat(browser.one(".leg.here").getText()).contains("phone1");
        assertThat(browser.one(".facts .peer").getText()).isEqualTo("n1-fork");
        browser.click(".facts .peer");
        eventually().until(() -> browser.one(".leg.here").getText().contains("alice"));
        browser.run("document.querySelectorAll('.leg a')[2].click()");
        eventually().until(() -> browser.one(".leg.here").getText().contains("phone2"));
        assertThat(browser.url()).endsWith("#/calls/n1-fork-2");
    }

    @Test
    void oneLegCanBeLookedAtAlone() {
        shown(3, "n1-fork-3");
        browser.click("#alone");
        eventually().until(() -> browser.all("button.message").size() == 7);
        assertThat(texts(".parties .who b")).containsExactly("This gateway", "phone3");
        browser.click("#alone");
        eventually().until(() -> browser.all(".parties .who").size() == 5);
        browser.run("document.querySelectorAll('button.message')[0].click()");
        assertThat(browser.one(".wire").getText()).startsWith("INVITE sip:team@192.0.2.1");
    }

    @Test
    void legsOfALiveCallAppear() {
        ObjectNode caller = ConsoleCalls.call("n1-dial", "inbound", "sip:alice@example.net", "sip:team@192.0.2.1", Instant.now());
        ConsoleCalls.message(caller, 0, false, "INVITE sip:team@192.0.2.1 SIP/2.0", "192.0.2.20:5060", "\r\n", false);
        stage.calls.add(0, caller);
        signedIn();
        browser.open(stage.url() + "#/calls/n1-dial");
        eventually().until(() -> browser.all("button.message").size() == 1);
        assertThat(browser.all(".leg")).isEmpty();
        List<ObjectNode> legs = ConsoleForks.fork("n1-dial", 2, Instant.now());
        stage.calls.set(0, legs.get(0));
        stage.tell("call-initiated", legs.get(1), Map.of("parentCallId", "n1-dial"));
        eventually().until(() -> browser.all(".leg").size() == 3);
    }

    @ParameterizedTest
    @CsvSource({"light,1360,10", "dark,1360,10", "light,820,10", "light,400,10", "light,1360,2", "dark,400,2"})
    void canBeRead(String scheme, int width, int callees) throws Exception {
        shown(callees, "n1-fork");
        browser.prefers(scheme);
        browser.size(width, 900);
        browser.picture("fork-" + callees + "-" + scheme + "-" + width);
        browser.run("document.querySelector('.talk').scrollIntoView()");
        browser.picture("fork-ladder-" + callees + "-" + scheme + "-" + width);
        assertThat(browser.contrasts()).isNotEmpty().allSatisfy(each ->
                assertThat(((Number) each.get("ratio")).doubleValue()).as("" + each).isGreaterThanOrEqualTo(4.5));
        assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth")).as("fits").isTrue();
        browser.run("document.querySelectorAll('button.message')[3].click()");
        browser.one(".wire");
        browser.picture("fork-message-" + callees + "-" + scheme + "-" + width);
    }
}
