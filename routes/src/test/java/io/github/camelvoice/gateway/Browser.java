package io.github.camelvoice.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium with a fresh profile; talks to this machine alone. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private final ChromeDriver driver;
    private final Path downloads;
    private final Path pictures;

    /** @param scratch for profile and downloads */
    Browser(Path scratch) throws IOException {
        downloads = Files.createDirectories(scratch.resolve("downloads"));
        String shots = System.getProperty("console.pictures");
        pictures = shots == null ? null : Files.createDirectories(Path.of(shots));
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.setPageLoadStrategy(PageLoadStrategy.NORMAL);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-default-browser-check", "--lang=en",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--user-data-dir=" + scratch.resolve("profile"));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString(), "download.prompt_for_download", false));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile()).usingAnyFreePort()
                .build(), options);
        size(1360, 900);
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).pollInSameThread()
                .ignoreException(StaleElementReferenceException.class);
    }

    void open(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    String url() {
        return driver.getCurrentUrl();
    }

    String title() {
        return driver.getTitle();
    }

    /** Of the page, whatever the window manager would make of it. */
    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(Math.max(width, 500), height));
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefers(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The element, as soon as it is there and visible. */
    WebElement one(String selector) {
        eventually().until(() -> !all(selector).isEmpty() && all(selector).get(0).isDisplayed());
        return all(selector).get(0);
    }

    List<String> texts(String selector) {
        return all(selector).stream().map(WebElement::getText).collect(Collectors.toList());
    }

    String text(String selector) {
        return one(selector).getText();
    }

    /** Until the text of the element has this. */
    void awaitText(String selector, String part) {
        eventually().untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(texts(selector)).as(selector).anyMatch(each -> each.contains(part)));
    }

    /** Keys to whatever has the focus. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void type(String selector, String text) {
        WebElement field = one(selector);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
    }

    void click(String selector) {
        one(selector).click();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    void signIn(String account, String token) {
        type("input[name=account]", account);
        type("input[name=token]", token);
        press(Keys.ENTER);
    }

    /** A file of this name, once it is whole. */
    Path download(String name) {
        Path file = downloads.resolve(name);
        eventually().until(() -> Files.exists(file) && Files.size(file) > 0);
        return file;
    }

    /** What the browser complained of since the last time it was asked: violations of the policy, errors of scripts, answers that were errors. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage).toList();
    }

    /** Keeps a picture for people to look at, where {@code -Dconsole.pictures=FOLDER} asks for it. */
    void picture(String name) throws IOException {
        if (pictures != null) {
            Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        }
    }

    /** Contrast of text to its ground (WCAG 2.1, 1.4.3) of each visible element that has text of its own, smallest first. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> contrasts() {
        return (List<Map<String, Object>>) run(CONTRASTS);
    }

    private static final String CONTRASTS = String.join("\n", Arrays.asList(
            "const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });",
            "const paint = (colours) => { canvas.clearRect(0, 0, 1, 1); colours.forEach(c => { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); });",
            "  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };",
            "const light = rgb => { const [r, g, b] = rgb.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });",
            "  return .2126 * r + .7152 * g + .0722 * b; };",
            "const found = [];",
            "for (const e of document.querySelectorAll('body *')) {",
            "  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());",
            "  if (!own || e.closest('.offscreen, option, :disabled, noscript') || !e.checkVisibility({ visibilityProperty: true })) continue;",
            "  const grounds = [];",
            "  for (let p = e; p; p = p.parentElement) grounds.unshift(getComputedStyle(p).backgroundColor);",
            "  const ground = paint(grounds);",
            "  const text = paint([...grounds, getComputedStyle(e).color]);",
            "  const [a, b] = [light(ground), light(text)].sort((x, y) => y - x);",
            "  found.push({ ratio: (a + .05) / (b + .05), text: e.textContent.trim().slice(0, 40), of: e.tagName + '.' + e.className });",
            "}",
            "return found.sort((x, y) => x.ratio - y.ratio).slice(0, 5);"));

    @Override
    public void close() {
        driver.quit();
    }
}
