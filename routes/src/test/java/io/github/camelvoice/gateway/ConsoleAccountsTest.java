package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** SIP accounts in Chromium over a gateway that has them at another one. */
@Tag("peer")
class ConsoleAccountsTest {

    @TempDir
    static Path folder;
    private static Running server;
    private static Running running;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        server = Running.start(folder.resolve("server"), Map.of("voice.sip.users", "alice:wonder"));
        running = Running.start(folder.resolve("data"), Map.of());
        browser = new Browser(folder.resolve("browser"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        running.close();
        server.close();
    }

    @Test
    void anAccountIsRegisteredCallsAndIsGivenUp() throws Exception {
        String alice = "alice@127.0.0.1:" + server.sipPort();
        browser.open("http://127.0.0.1:" + running.httpPort() + ConsoleFiles.PATH);
        browser.signIn("voice", Running.TOKEN);
        browser.awaitText(".stream", "Live");
        browser.complaints();
        browser.click("#accounts");
        browser.awaitText(".empty", "No SIP account is registered");
        browser.click("#register");
        browser.type("input[name=account]", alice);
        browser.type("input[name=password]", "guessed");
        browser.press(Keys.ENTER);
        browser.awaitText("h1", alice);
        browser.awaitText(".registered", "The server refuses user or password (401 Unauthorized).");
        browser.awaitText(".status .badge", "Registration failed");
        browser.picture("live-account-refused");

        browser.click("#anew");
        browser.type("input[name=password]", "wonder");
        browser.press(Keys.ENTER);
        browser.awaitText(".head .badge", "Registered");
        browser.awaitText(".registration", "at 127.0.0.1:" + server.sipPort());
        browser.click("#start-session");
        browser.awaitText(".session", "calls are answered at once");
        browser.awaitText(".status .badge", "Ready for calls");
        browser.type("input[name=callee]", "echo");
        browser.press(Keys.ENTER);
        browser.awaitText(".status .badge", "In call with echo");
        browser.picture("live-account-in-call");
        browser.click(".the-call a");
        browser.awaitText(".call h1", "echo");
        browser.run("history.back()");
        browser.click("#hang-up");
        browser.awaitText(".status .badge", "Call is over with echo");
        browser.awaitText(".the-call", "None just now");
        browser.click("#end-session");
        browser.awaitText(".session", "It has no session");
        assertThat(browser.texts(".status")).hasSizeGreaterThan(7);
        assertThat(browser.complaints()).isEmpty();
        browser.click("#unregister");
        browser.click("#unregister-sure");
        browser.awaitText(".empty", "No SIP account is registered");
        eventually().until(() -> server.gateway.context().getComponent("voice", io.github.camelvoice.voice.VoiceComponent.class).runningVoiceEngine().registrar()
                .orElseThrow().find("alice").isEmpty());
    }
}
