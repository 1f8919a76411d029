package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets wrong ends the start with one line that names it. */
class StartMistakesTest {

    @TempDir
    Path folder;

    private void refused(Map<String, String> settings, String... words) {
        assertThatThrownBy(() -> Running.start(folder.resolve("data"), settings).close()).isInstanceOf(SettingException.class)
                .hasMessageContainingAll(words).message().doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "- route:;    from:;   uri: voice:call | line 3",
        "- rout:;    from:;      uri: voice:call | Unknown node id: rout",
        "- route:;    from:;      uri: voice:call;      steps:;        - too: log:x | Unknown node id: too",
        "- route:;    from:;      uri: voice:call;      steps:;        - to: nosuch:x | to[nosuch:x]",
        "- route:;    from:;      uri: voice:call?caled=x;      steps:;        - to: log:x | caled",
        "- route:;    from:;      uri: voice:call;      steps:;        - to: voice:call?operation=anser | no operation 'anser'",
        "- route:;    from:;      uri: voice:call;      steps:;        - to: voice:call?operation=play&digits=1 | no option digits",
    })
    void inARouteOfTheUser(String yaml, String named) throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("mine.yaml"), yaml.replace(";", "\n") + "\n");
        refused(Map.of("voice.routes.dir", routes.toString()), named, named.startsWith("to[") ? "Failed to create route" : "mine.yaml");
    }

    @Test
    void aDataFolder() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path spool = Files.writeString(data.resolve("spool"), "no folder");
        refused(Map.of("voice.store", "h2"), "voice.data.dir cannot be used: the spool folder " + spool);
        Path database = Files.writeString(Files.createDirectories(data.resolve("db")).resolve("calls.mv.db"), "no database");
        refused(Map.of("voice.store", "h2"), "voice.data.dir cannot be used: the store of calls cannot be opened: ", database.toString());
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> Running.start(file, Map.of()).close()).isInstanceOf(SettingException.class)
                .hasMessageContaining("voice.data.dir cannot be used: " + file + " (Not a directory)");
    }

    @Test
    void aKeystore() throws Exception {
        Path junk = Files.writeString(folder.resolve("junk.p12"), "this is no keystore");
        refused(Map.of("voice.sip.tls.port", "0", "voice.sip.tls.keystore", junk.toString(), "voice.sip.tls.keystore.password", "x"),
                "voice.sip.tls.keystore is no PKCS12 file", "junk.p12");
        Running.start(folder.resolve("data"), Map.of("voice.sip.tls.port", "0")).close();
        Path good = folder.resolve("data").resolve("sip-tls.p12");
        refused(Map.of("voice.sip.tls.port", "0", "voice.sip.tls.keystore", good.toString(), "voice.sip.tls.keystore.password", "wrong"),
                "cannot be opened with the password of voice.sip.tls.keystore.password", "sip-tls.p12");
    }
}
