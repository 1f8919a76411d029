package io.github.camelvoice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.runtime.EngineClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {

    private static final String FIRST = "first-token-of-the-gateway-0123456789abcdef";

    @TempDir
    Path folder;
    private final ManualClock clock = new ManualClock();

    /** Time that stands still until it is told. */
    static final class ManualClock implements EngineClock {
        private Duration passed = Duration.ZERO;

        void advance(Duration by) {
            passed = passed.plus(by);
        }

        @Override
        public long nanos() {
            return passed.toNanos();
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-11-21T12:00:00Z").plus(passed);
        }
    }

    private Accounts first() throws IOException {
        return Accounts.withFirst(folder, "voice", () -> FIRST, clock);
    }

    private String command(String... words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new AccountCommand(folder, new PrintStream(bytes, true, StandardCharsets.UTF_8), clock).run(List.of(words));
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void admitsSidAndTokenOrTheTokenAlone() throws IOException {
        Accounts accounts = Accounts.withSetting(folder, "AC1", "token:with:colons", clock);
        assertThat(accounts.authenticate(basic("AC1:token:with:colons")).sid()).isEqualTo("AC1");
        assertThat(accounts.authenticate("Bearer token:with:colons").sid()).isEqualTo("AC1");
        assertThat(accounts.authenticate("bearer token:with:colons").sid()).isEqualTo("AC1");
        assertThat(accounts.authenticate("Bearer token:with:colons").may(Permission.CALLS_GET_RAW, "any")).isTrue();
        assertThat(folder.resolve(AccountsFile.NAME)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer first-token", "Digest " + FIRST, "Basic ***",
        "Basic " + FIRST, FIRST, "Bearer\t" + FIRST})
    void admitsNothingElse(String authorization) throws IOException {
        assertThat(first().authenticate(authorization)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other:" + FIRST, "voice:", "voice", ":" + FIRST, "voice:" + FIRST + "\r\nX: y", "voice\n:" + FIRST, "voice\0:" + FIRST,
        "voice:" + FIRST + "\0", "VOICE:" + FIRST, "*:" + FIRST})
    void admitsNoOtherPair(String pair) throws IOException {
        assertThat(first().authenticate(basic(pair))).isNull();
        assertThat(first().authenticate(null)).isNull();
        assertThat(first().authenticate("Bearer " + "x".repeat(5000))).isNull();
    }

    @Test
    void keepsOfTheFirstTokenAHashOnly() throws Exception {
        assertThat(first().authenticate("Bearer " + FIRST)).isEqualTo(Account.ofAll("voice"));
        String file = Files.readString(folder.resolve(AccountsFile.NAME));
        assertThat(file).contains("\"sha256\"", "\"salt\"", "\"voice\"").doesNotContain(FIRST);
        assertThat(Files.getPosixFilePermissions(folder.resolve(AccountsFile.NAME))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Accounts again = Accounts.withFirst(folder, "voice", () -> {
            throw new IllegalStateException("the hash is enough");
        }, clock);
        assertThat(again.authenticate(basic("voice:" + FIRST))).isNotNull();
    }

    @Test
    void theFirstAccountGoesByTheNameOfTheSettings() throws IOException {
        first();
        Accounts renamed = Accounts.withFirst(folder, "office", () -> "another", clock);
        assertThat(renamed.authenticate(basic("office:" + FIRST))).isNotNull();
        assertThat(renamed.authenticate(basic("voice:" + FIRST))).isNull();
    }

    @Test
    void aTokenOfTheSettingsRestsTheFirstAccount() throws IOException {
        first();
        Accounts accounts = Accounts.withSetting(folder, "voice", "of-the-settings", clock);
        assertThat(accounts.authenticate("Bearer " + FIRST)).isNull();
        assertThat(accounts.authenticate("Bearer of-the-settings")).isNotNull();
    }

    @Test
    void anAddedAccountMayWhatItWasAllowed() throws IOException {
        Accounts accounts = first();
        String token = command("add", "auditor", "--project", "default", "--permission", "voice.calls.get", "--permission", "voice.calls.list",
                "--project", "*", "--permission", "voice.metrics.get");
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(accounts.authenticate("Bearer " + token)).isNull();
        accounts.refresh();
        Account auditor = accounts.authenticate(basic("auditor:" + token));
        assertThat(auditor.may(Permission.CALLS_GET, "default")).isTrue();
        assertThat(auditor.may(Permission.CALLS_GET, "other")).isFalse();
        assertThat(auditor.may(Permission.CALLS_GET_RAW, "default")).isFalse();
        assertThat(auditor.may(Permission.METRICS_GET, "other")).isTrue();
        assertThat(command("list")).contains("voice (made at first start)", "auditor", "default: voice.calls.get, voice.calls.list",
                "*: voice.metrics.get").doesNotContain(token);
    }

    @Test
    void renewedAndRemovedTokensOpenNothing() throws IOException {
        Accounts accounts = first();
        String old = command("add", "ci", "--project", "*", "--permission", "*");
        String renewed = command("renew", "ci");
        accounts.refresh();
        assertThat(accounts.authenticate("Bearer " + old)).isNull();
        assertThat(accounts.authenticate("Bearer " + renewed)).isEqualTo(Account.ofAll("ci"));
        command("remove", "ci");
        accounts.refresh();
        assertThat(accounts.authenticate("Bearer " + renewed)).isNull();
        assertThat(accounts.authenticate("Bearer " + FIRST)).isNotNull();
    }

    @Test
    void theCommandHelps() throws IOException {
        assertThat(command("list")).isEqualTo("there are no accounts in " + folder + " yet; the first start makes one");
        assertThat(command("help")).isEqualTo(command("--help")).contains("account add NAME").contains("voice.calls.getRaw");
        assertThatThrownBy(this::command).hasMessage("say what: add, renew, list or remove; account help tells how");
        assertThatThrownBy(() -> command("remove")).hasMessage("the NAME of the account is missing");
    }

    @Test
    void expiredTokensOpenNothing() throws IOException {
        Accounts accounts = first();
        String token = command("add", "guest", "--project", "default", "--permission", "voice.calls.get", "--expires", "2d");
        accounts.refresh();
        clock.advance(Duration.ofHours(47));
        assertThat(accounts.authenticate("Bearer " + token)).isNotNull();
        clock.advance(Duration.ofHours(1));
        assertThat(accounts.authenticate("Bearer " + token)).isNull();
        assertThat(accounts.authenticate(basic("guest:" + token))).isNull();
        assertThat(command("list")).contains("expired 2026-11-23T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "[]", "{\"version\":2,\"accounts\":[]}", "{\"version\":1}", "{\"version\":1,\"accounts\":[{\"sid\":\"a\"}]}",
        "{\"version\":1,\"accounts\":[],\"x\":1}", "{\"version\":1,\"accounts\":[]} x"})
    void aBrokenFileKeepsTheOldAccounts(String text) throws IOException {
        Accounts accounts = first();
        Path file = folder.resolve(AccountsFile.NAME);
        String good = Files.readString(file);
        Files.writeString(file, text);
        accounts.refresh();
        assertThat(accounts.authenticate("Bearer " + FIRST)).isNotNull();
        assertThatThrownBy(this::first).isInstanceOf(IOException.class).hasMessageContaining(AccountsFile.NAME);
        Files.delete(file);
        accounts.refresh();
        assertThat(accounts.authenticate("Bearer " + FIRST)).isNotNull();
        Files.writeString(file, good.replace("\"*\" : [ \"*\" ]", "\"default\" : [ \"voice.calls.get\" ]"));
        OwnerOnly.restrict(file);
        accounts.refresh();
        assertThat(accounts.authenticate("Bearer " + FIRST).may(Permission.CALLS_CREATE, "default")).isFalse();
    }

    @Test
    void aFileThatOthersCanWriteIsRefused() throws IOException {
        first();
        Files.setPosixFilePermissions(folder.resolve(AccountsFile.NAME), PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(this::first).isInstanceOf(IOException.class).hasMessageContaining("others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "explode", "add", "add x", "add x --project", "add x --project p", "add x --permission voice.calls.get",
        "add x --project p --permission voice.calls.fly", "add a:b --project p --permission *", "add x --project a/b --permission *", "remove",
        "remove nobody", "renew nobody", "remove a b", "list x", "add x --project p --permission * --expires never",
        "add voice --project p --permission *",
        "add x --project p --permission * --force"})
    void commandsThatMakeNoSenseChangeNothing(String line) throws IOException {
        first();
        String before = Files.readString(folder.resolve(AccountsFile.NAME));
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        assertThatThrownBy(() -> command(words)).isInstanceOf(IllegalArgumentException.class).message().isNotBlank();
        assertThat(folder.resolve(AccountsFile.NAME)).hasContent(before);
    }

    @Test
    void aFileOfOtherBytesIsNamed() throws IOException {
        first();
        Files.write(folder.resolve(AccountsFile.NAME), new byte[] {(byte) 0xff, 0});
        assertThatThrownBy(this::first).isInstanceOf(IOException.class).hasMessageContaining(AccountsFile.NAME).hasMessageContaining("no UTF-8");
    }
}
