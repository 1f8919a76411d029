package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The console in a browser, in front of a stage that plays the gateway. */
abstract class ConsolePage {

    static final String ROW = ".list tbody tr[data-call]";

    @TempDir
    static Path scratch;
    static Browser browser;
    ConsoleStage stage;

    @BeforeAll
    static void open() throws Exception {
        browser = new Browser(scratch);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void start() throws Exception {
        stage = new ConsoleStage();
        ConsoleCalls.fill(stage);
        browser.size(1360, 900);
        browser.prefers("light");
    }

    @AfterEach
    void stop() throws Exception {
        browser.open("about:blank");
        browser.complaints();
        stage.close();
    }

    final void signedIn() {
        browser.open(stage.url());
        browser.signIn("voice", "töken");
        eventually().until(() -> browser.all(ROW).size() == 50);
        browser.awaitText(".stream", "Live");
        browser.complaints();
    }

    final void rows(int count) {
        eventually().untilAsserted(() -> assertThat(browser.all(ROW)).hasSize(count));
    }
}
