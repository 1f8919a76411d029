package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static io.github.camelvoice.gateway.ConsoleSubscriptions.instance;
import static io.github.camelvoice.gateway.ConsoleSubscriptions.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Subscriptions on the page. */
@Tag("peer")
class ConsoleSubscriptionsPageTest extends ConsolePage {

    private static final String WORDS = ".instance .badge";

    private String wordsOf(String event, String state, String values) throws Exception {
        ObjectNode one = subscription("s-" + stage.subscriptions.subscriptions.size(), event, "acme", "sip:alice@example.com");
        instance(one, 0, state, values);
        stage.subscriptions.subscriptions.add(one);
        browser.open(stage.url() + "#/subscriptions/" + one.get("id").asText());
        browser.awaitText("h1", event);
        eventually().until(() -> !browser.all(WORDS).isEmpty());
        return browser.text(WORDS);
    }

    @Test
    void theListShowsWhatIsWatchedAndWhoWatchesUs() throws Exception {
        stage.subscriptions.subscriptions.add(subscription("s-1", "dialog", "acme", "sip:a@example.com", "sip:b@example.com"));
        stage.subscriptions.subscriptions.add(subscription("<b>evil</b>", "reg", "<img src=x>", "sip:c@example.com"));
        stage.subscriptions.watchers.add(new ObjectMapper().createObjectNode().put("id", "w1").put("event", "dialog").put("resource", "sip:us@example.com")
                .put("watcher", "sip:<i>w</i>@example.com").put("source", "192.0.2.1").put("pending", true));
        signedIn();
        browser.click("#subscriptions");
        eventually().until(() -> browser.all("ul.all .subscription").size() == 2);
        assertThat(browser.text("ul.all .subscription")).contains("Active", "dialog", "2 resources", "acme", "1\u202f234 changes", "4 changes not told yet",
                "https://crm.example");
        assertThat(browser.text("ul.all .subscription:nth-child(2)")).contains("<b>evil</b>", "<img src=x>", "1 resource");
        browser.awaitText(".watchers", "Pending");
        assertThat(browser.text(".watchers")).contains("<i>w</i>", "from 192.0.2.1");
        browser.picture("subscriptions");
        browser.type("input[type=search]", "reg");
        eventually().until(() -> browser.all("ul.all .subscription").size() == 1);
        stage.subscriptions.subscriptions.add(subscription("s-3", "reg", "acme", "sip:d@example.com"));
        eventually().until(() -> browser.all("ul.all .subscription").size() == 2);
        assertThat(browser.complaints()).isEmpty();
        browser.run("document.activeElement.blur()");
        browser.press(Keys.ESCAPE);
        rows(50);
    }

    @Test
    void statesAreSaidInWords() throws Exception {
        signedIn();
        String alice = "{\"dialogs\":[{\"state\":\"%s\",\"direction\":\"%s\",\"remote\":{\"identity\":{\"uri\":\"sip:bob@example.com\"}}}]}";
        assertThat(wordsOf("dialog", "active", alice.formatted("confirmed", "initiator"))).isEqualTo("talks with bob@example.com");
        assertThat(wordsOf("dialog;call-id=x", "active", alice.formatted("early", "recipient"))).isEqualTo("is called by bob@example.com");
        assertThat(wordsOf("dialog", "active", alice.formatted("terminated", "recipient"))).isEqualTo("Not on the phone");
        assertThat(wordsOf("reg", "active", "{\"registrations\":[{\"contacts\":[{\"state\":\"active\",\"uri\":\"sip:alice@192.0.2.1:5062\"},"
                + "{\"state\":\"terminated\",\"uri\":\"sip:old@192.0.2.1\"}]}]}")).isEqualTo("Registered at alice@192.0.2.1:5062");
        assertThat(wordsOf("reg", "active", "{\"registrations\":[]}")).isEqualTo("Not registered");
        assertThat(wordsOf("message-summary", "active", "{\"messagesWaiting\":true,\"counts\":{\"voice-message\":{\"new\":2,\"old\":8,\"newUrgent\":1}}}"))
                .isEqualTo("Messages waiting, voice 2 new, 8 old, 1 urgent");
        assertThat(wordsOf("presence", "active", "{\"basic\":\"open\",\"notes\":[{\"text\":\"at <b>lunch</b>\"}]}")).isEqualTo("Available, at <b>lunch</b>");
        assertThat(wordsOf("dialog", "active", "{\"dialogs\":\"not what it should be\"}")).isNotEmpty();
        assertThat(wordsOf("x-odd", "active", "{\"text\":\"first line\\nsecond\"}")).isEqualTo("first line");
        assertThat(wordsOf("reg", "pending", null)).isEqualTo("Waits for permission");
        assertThat(wordsOf("reg", "terminated", null)).isEqualTo("No longer watched");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void oneIsSeenLiveItsDocumentReadAndItIsEnded() throws Exception {
        ObjectNode one = subscription("s-1", "dialog", "acme", "sip:alice@example.com", "sip:bob@example.com");
        stage.subscriptions.subscriptions.add(one);
        signedIn();
        browser.open(stage.url() + "#/subscriptions/s-1");
        eventually().until(() -> browser.all(".resource").size() == 2);
        assertThat(browser.text(".resource")).contains("alice", "Nothing has been told yet");
        instance(one, 0, "active", "{\"dialogs\":[{\"state\":\"confirmed\",\"remote\":{\"identity\":{\"uri\":\"sip:carol@example.com\"}}}]}");
        ((ObjectNode) one.get("resources").get(1)).put("trouble", "503 Service Unavailable, again in 30 s");
        browser.awaitText(WORDS, "talks with carol@example.com");
        browser.awaitText(".trouble", "503 Service Unavailable");
        browser.one(".instance button").sendKeys(Keys.ENTER);
        browser.awaitText(".document", "<dialog-info of=\"sip:alice@example.com\">");
        assertThat(browser.text(".document")).contains("<script>alert(1)</script>");
        browser.picture("subscription");
        browser.type("input[type=search]", "bob");
        eventually().until(() -> browser.all(".resource").size() == 1);

        stage.fail("s-1", new ConsoleStage.Trouble(403, "forbidden", "this account lacks voice.subscriptions.end", 0));
        browser.click("#end");
        eventually().until(() -> "end-sure".equals(browser.focused().getDomAttribute("id")));
        browser.press(Keys.ESCAPE);
        eventually().until(() -> browser.all("#end-sure").isEmpty());
        browser.click("#end");
        browser.click("#end-sure");
        browser.awaitText(".notice", "voice.subscriptions.end");
        assertThat(stage.subscriptions.ended).isEmpty();
        stage.fail(null);
        browser.click("#end");
        browser.click("#end-sure");
        browser.awaitText("h1", "Subscriptions");
        assertThat(stage.subscriptions.ended).containsExactly("s-1");
        browser.awaitText(".empty", "Nothing is watched");
    }
}
