package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Users of the registrar on the page. */
@Tag("peer")
class ConsoleUsersPageTest extends ConsolePage {

    private static final String CARD = "ul.all .user";

    private void user(String name, String source, int phones) {
        ObjectNode user = new ObjectMapper().createObjectNode().put("name", name).put("source", source).put("contacts", phones);
        for (int i = 0; i < phones; i++) {
            user.withArray("phones").addObject().put("contact", "sip:" + name + "@192.0.2." + i + ":5062").put("userAgent", "<b>Phone</b> 2." + i)
                    .put("source", "198.51.100." + i + ":40000").put("transport", "tcp").put("registeredAt", Instant.now().minusSeconds(7000).toString())
                    .put("refreshedAt", Instant.now().minusSeconds(70).toString()).put("expiresAt", Instant.now().plusSeconds(3530).toString());
        }
        stage.users.add(user);
    }

    @Test
    void usersAndTheirPhonesAreShown() throws Exception {
        signedIn();
        browser.click("#users");
        browser.awaitText(".empty", "There are no users");
        user("alice", "database", 2);
        user("bob", "settings", 0);
        eventually().until(() -> browser.all(CARD).size() == 2);
        assertThat(browser.text(".head .sum")).isEqualTo("2 may register phones in example.com");
        assertThat(browser.text(CARD)).contains("Registered", "alice", "of the database", "2 phones");
        assertThat(browser.text(CARD + ":nth-child(2)")).contains("Not registered", "bob", "of the settings", "0 phones");
        browser.one(CARD + " button").sendKeys(Keys.ENTER);
        eventually().until(() -> browser.all(".phone").size() == 2);
        assertThat(browser.text(".phone")).contains("alice@192.0.2.0:5062", "<b>Phone</b> 2.0", "Since", "Last seen", "(in 59 min)", "198.51.100.0:40000 by tcp");
        browser.type("input[type=search]", "bo");
        eventually().until(() -> browser.all(CARD).size() == 1);
        stage.fail("users", new ConsoleStage.Trouble(403, "forbidden", "this account lacks voice.users.get", 0));
        browser.awaitText(".notice", "voice.users.get");
    }

    @ParameterizedTest
    @CsvSource({"light,1360", "dark,360"})
    void canBeRead(String scheme, int width) throws Exception {
        user("alice", "database", 2);
        user("a-user-with-a-name-that-is-as-long-as-a-name-may-be-64-characters-x", "settings", 1);
        browser.size(width, 900);
        browser.prefers(scheme);
        signedIn();
        browser.open(stage.url() + "#/users");
        eventually().until(() -> browser.all(CARD).size() == 2);
        browser.click(CARD + " button");
        eventually().until(() -> browser.all(".phone").size() == 2);
        browser.picture("users-" + scheme + "-" + width);
        assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")).as("nothing is cut off").isTrue();
        assertThat(browser.contrasts()).allSatisfy(each -> assertThat(((Number) each.get("ratio")).doubleValue()).as(each.toString()).isGreaterThanOrEqualTo(4.5));
        assertThat(browser.complaints()).isEmpty();
    }
}
