package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void makesATokenThatOnlyTheOwnerCanReadAndKeepsIt() throws Exception {
        String token = new DataFolder(folder).token();
        assertThat(token).hasSizeGreaterThanOrEqualTo(43).matches("[A-Za-z0-9_-]+");
        assertThat(Files.getPosixFilePermissions(folder.resolve("auth-token"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(new DataFolder(folder).token()).isEqualTo(token);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("auth-token", "recordings");
        }
    }

    @Test
    void refusesATokenThatOthersCanRead() throws Exception {
        new DataFolder(folder).token();
        Files.setPosixFilePermissions(folder.resolve("auth-token"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new DataFolder(folder).token()).isInstanceOf(SettingException.class).hasMessageContaining("others");
    }

    @Test
    void refusesAnEmptyToken() throws Exception {
        DataFolder data = new DataFolder(folder);
        data.token();
        Files.writeString(folder.resolve("auth-token"), "\n");
        assertThatThrownBy(data::token).isInstanceOf(SettingException.class).hasMessageContaining("no token");
    }

    @Test
    void replacesFilesWhole() throws Exception {
        DataFolder data = new DataFolder(folder);
        data.write("ports.json", "{}");
        data.write("ports.json", "{\"a\":1}");
        assertThat(folder.resolve("ports.json")).hasContent("{\"a\":1}");
        data.delete("ports.json");
        assertThat(folder.resolve("ports.json")).doesNotExist();
    }

    @Test
    void namesAFolderThatCannotBeUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new DataFolder(file)).isInstanceOf(SettingException.class).hasMessageContaining("voice.data.dir");
    }

    @Test
    void makesACertificateOnceWhereTlsIsAskedFor() throws Exception {
        GatewaySettings settings = GatewaySettings.read(java.util.Map.of("voice.sip.tls.port", "0", "voice.data.dir", folder.toString()),
                java.util.Map.of());
        TlsStore store = TlsStore.of(settings, new DataFolder(folder));
        assertThat(Files.getPosixFilePermissions(store.file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        byte[] made = Files.readAllBytes(store.file());
        assertThat(Files.readAllBytes(TlsStore.of(settings, new DataFolder(folder)).file())).isEqualTo(made);
        java.security.KeyStore keys = java.security.KeyStore.getInstance(store.file().toFile(), store.password().toCharArray());
        assertThat(keys.isKeyEntry("sip")).isTrue();
    }

    @Test
    void aSecondGatewayLeavesThePortsOfTheFirst() throws Exception {
        DataFolder data = new DataFolder(folder);
        long alive = ProcessHandle.current().parent().orElseThrow().pid();
        for (String stale : new String[] {"{\"pid\":" + ProcessHandle.current().pid() + "}", "{\"pid\":4194305}", "{", "", "[]"}) {
            data.write("ports.json", "{\"pid\":" + alive + "}");
            data.deletePortsOfTheDead();
            assertThat(folder.resolve("ports.json")).exists();
            data.write("ports.json", stale);
            data.deletePortsOfTheDead();
            assertThat(folder.resolve("ports.json")).doesNotExist();
        }
        data.deletePortsOfTheDead();
    }
}
