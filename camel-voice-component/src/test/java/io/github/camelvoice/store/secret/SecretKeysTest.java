package io.github.camelvoice.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {

    private static final String NAME = "voice.secret.key";

    @TempDir
    Path folder;

    private static String setting(int seed) {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        Arrays.fill(key, (byte) seed);
        return Base64.getEncoder().encodeToString(key);
    }

    private SecretBox of(String setting) throws Exception {
        return SecretKeys.of(setting, NAME, folder);
    }

    @Test
    void whatIsSealedIsOpenedWithTheSameFileAlone() throws Exception {
        byte[] sealed = of(null).seal("s3cret \u00e9", "alice");
        assertThat(of("").open(sealed, "alice")).isEqualTo("s3cret \u00e9");
        Path file = folder.resolve(SecretKeys.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Files.list(folder)).containsExactly(file);

        Files.delete(file);
        assertThatThrownBy(() -> of(null).open(sealed, "alice")).isInstanceOf(UnsealException.class)
                .hasMessage("was sealed with another key than that of the file " + file);
        assertThatThrownBy(() -> of(setting(1)).open(sealed, "alice")).hasMessageContaining("another key than that of " + NAME);
    }

    @Test
    void aSettingTakesOverFromTheFile() throws Exception {
        byte[] before = of(null).seal("old", "alice");
        SecretBox both = of(setting(1));
        byte[] after = both.seal("new", "alice");
        assertThat(both.open(before, "alice")).isEqualTo("old");
        assertThat(both.isOld(before)).isTrue();
        assertThat(both.isOld(after)).isFalse();
        Files.delete(folder.resolve(SecretKeys.FILE));
        assertThat(of(setting(1)).open(after, "alice")).isEqualTo("new");
        assertThat(folder.resolve(SecretKeys.FILE)).doesNotExist();
    }

    @Test
    void eachSealIsAnotherAndNothingOfTheSecretIsInIt() throws Exception {
        SecretBox box = of(setting(1));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] sealed = box.seal("s3cret", "alice");
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret").doesNotContain("alice");
            seen.add(Base64.getEncoder().encodeToString(sealed));
        }
        assertThat(seen).hasSize(100);
    }

    @Test
    void whatWasChangedIsRefused() throws Exception {
        SecretBox box = of(setting(1));
        byte[] sealed = box.seal("s3cret", "alice");
        assertThatThrownBy(() -> box.open(sealed, "bob")).isInstanceOf(UnsealException.class).hasMessageContaining("damaged, or another's");
        for (int i = 0; i < sealed.length; i++) {
            byte[] other = sealed.clone();
            other[i] ^= 1;
            assertThatThrownBy(() -> box.open(other, "alice")).as("byte %d", i).isInstanceOf(UnsealException.class).message().doesNotContain("s3cret");
        }
        for (int i = 0; i < sealed.length; i++) {
            byte[] less = Arrays.copyOf(sealed, i);
            assertThatThrownBy(() -> box.open(less, "alice")).as("%d bytes", i).isInstanceOf(UnsealException.class);
        }
        assertThat(box.open(box.seal("", "alice"), "alice")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "c2hvcnQ=", "not base64 at all !!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void whatIsNoKeyIsNamedAndNotShown(String wrong) throws Exception {
        assertThatThrownBy(() -> of(wrong)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(NAME + " is no key: it is the base64 of 32 random bytes").message().doesNotContain(wrong + " ");
        Path file = folder.resolve(SecretKeys.FILE);
        Files.writeString(file, wrong);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> of(null)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("the file " + file + " is no key");
    }

    @Test
    void aFileThatOthersCanReadIsNotUsed() throws Exception {
        of(null);
        Path file = folder.resolve(SecretKeys.FILE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> of(null)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        of(null);
    }

    @Test
    void aFileThatWasBegunAndNotFinishedIsMadeAnew() throws Exception {
        Files.writeString(folder.resolve(SecretKeys.FILE + ".part"), "half");
        byte[] sealed = of(null).seal("x", "y");
        assertThat(of(null).open(sealed, "y")).isEqualTo("x");
    }
}
