package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console to the eye: contrasts, widths, light and dark. */
@Tag("peer")
class ConsoleLooksTest {

    @TempDir
    static Path scratch;
    private static Browser browser;
    private static ConsoleStage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = new ConsoleStage();
        ConsoleCalls.fill(stage);
        stage.taps.taps.add(ConsoleTaps.tap("n1-live1", "transcript", "wss://bots.example/a/rather/long/path/of/a/stream", "twilio", "both").put("dropped", 7)
                .put("bidirectional", true));
        stage.taps.taps.add(ConsoleTaps.tap("n1-live1", "t-01j9x8m2c3b4n5v6", "rtp://192.0.2.9:4000", "rtp", "speak").put("paused", true));
        stage.callbacks.callbacks.add(ConsoleCallbacks.givenUp("c1", "https://status.a-rather-long-name-of-a-host.example:8443", "the receiver answered 410 Gone"));
        browser = new Browser(scratch);
        browser.open(stage.url());
        browser.signIn("voice", "töken");
        rows();
    }

    @AfterAll
    static void close() throws Exception {
        browser.close();
        stage.close();
    }

    private static void rows() {
        eventually().until(() -> browser.all(".list tbody tr[data-call]").size() == 50);
    }

    @ParameterizedTest
    @CsvSource({"light,1360", "light,820", "light,400", "dark,1360", "dark,820", "dark,400"})
    void canBeReadInLightAndDarkWideAndNarrow(String scheme, int width) throws Exception {
        browser.prefers(scheme);
        browser.size(width, 900);
        browser.open(stage.url() + "#/");
        rows();
        looksRight("list-" + scheme + "-" + width, scheme);
        browser.open(stage.url() + "#/calls/n1-talk");
        eventually().until(() -> browser.all("button.message").size() == 11);
        looksRight("call-" + scheme + "-" + width, scheme);
        browser.run("document.querySelectorAll('button.message')[3].click()");
        browser.one(".wire");
        browser.run("document.querySelector('.talk').scrollIntoView()");
        looksRight("message-" + scheme + "-" + width, scheme);
        browser.open(stage.url() + "#/calls/n1-live1");
        browser.one(".tap");
        browser.click("#tap");
        browser.one(".tap-form");
        browser.run("document.querySelector('.taps').scrollIntoView()");
        looksRight("taps-" + scheme + "-" + width, scheme);
        browser.open(stage.url() + "#/callbacks");
        browser.one(".callback");
        looksRight("callbacks-" + scheme + "-" + width, scheme);
    }

    private void looksRight(String name, String scheme) throws Exception {
        browser.picture(name);
        assertThat(browser.contrasts()).isNotEmpty().allSatisfy(each ->
                assertThat(((Number) each.get("ratio")).doubleValue()).as(name + each).isGreaterThanOrEqualTo(4.5));
        assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth")).as(name + " fits").isTrue();
        long ground = (Long) browser.run("return Math.round(getComputedStyle(document.documentElement).backgroundColor.match(/[0-9.]+/g)[0])");
        assertThat(ground > 128).as(name).isEqualTo(scheme.equals("light"));
    }

    @Test
    void nothingJumpsWhileAPageLoads() {
        browser.size(1360, 900);
        for (String page : List.of("#/", "#/calls/n1-talk")) {
            browser.open("about:blank");
            browser.open(stage.url() + page);
            browser.one(page.length() > 2 ? "button.message" : ".list tbody tr[data-call]");
            browser.awaitText(".stream", "Live");
            browser.run("new PerformanceObserver(all => window.shifts = all.getEntries()).observe({ type: 'layout-shift', buffered: true });"
                    + "requestAnimationFrame(() => requestAnimationFrame(() => { window.observed = true; }))");
            eventually().until(() -> Boolean.TRUE.equals(browser.run("return window.observed")));
            Number moved = (Number) browser.run("return (window.shifts ?? []).reduce((sum, each) => sum + each.value, 0)");
            assertThat(moved.doubleValue()).as(page).isLessThan(0.02);
        }
    }

    @Test
    void theSwitchChoosesTheColours() {
        browser.open(stage.url() + "#/");
        rows();
        for (String theme : List.of("light", "dark", "auto")) {
            browser.click("#theme");
            assertThat(browser.one("#theme").getDomAttribute("aria-label")).contains("Colours: " + theme);
            browser.reload();
            rows();
            assertThat(browser.run("return document.documentElement.dataset.theme ?? 'auto'")).isEqualTo(theme);
        }
    }
}
