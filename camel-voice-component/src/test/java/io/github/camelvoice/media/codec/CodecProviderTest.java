package io.github.camelvoice.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecProviderTest {

    @TempDir
    Path folder;

    /** Looks like G.729 on the wire, a byte is eight samples of the same value. */
    public static final class Coarse implements AudioCodecProvider {
        @Override
        public AudioCodec codec() {
            return new CoarseG729("G729", 18);
        }
    }

    /** Brings what is there already. */
    public static final class Needless implements AudioCodecProvider {
        @Override
        public AudioCodec codec() {
            return new CoarseG729("PCMU", 0);
        }
    }

    private Map<String, AudioCodec> with(String... providers) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(AudioCodecProvider.class.getName()), String.join("\n", providers));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            return Codecs.load(loader);
        }
    }

    @Test
    void withoutAnImplementationItIsPassedOnAndNothingElse() {
        AudioCodec codec = Codecs.get("G729");
        assertThat(codec.linear()).isFalse();
        assertThat(codec.staticPayloadType()).isEqualTo(18);
        assertThat(codec.duration(new byte[20], 0, 20)).isEqualTo(160);
        assertThat(codec.duration(new byte[12], 0, 12)).as("a frame and a description of silence").isEqualTo(160);
        assertThatThrownBy(codec::decoder).isInstanceOf(IllegalStateException.class).hasMessageContaining("G729");
        assertThatThrownBy(codec::encoder).isInstanceOf(IllegalStateException.class).hasMessageContaining("G729");
    }

    @Test
    void anImplementationIsFound() throws Exception {
        AudioCodec codec = with(Coarse.class.getName()).get("G729");
        assertThat(codec).isInstanceOf(CoarseG729.class);
        byte[] out = new byte[20];
        assertThat(codec.encoder().encode(new short[160], 0, 160, out, 0)).isEqualTo(20);
        assertThat(codec.decoder().decode(out, 0, 20, new short[160], 0)).isEqualTo(160);
    }

    @Test
    void nobodyTakesThePlaceOfOurs() throws Exception {
        Map<String, AudioCodec> codecs = with(Needless.class.getName(), "no.such.Provider");
        assertThat(codecs.get("PCMU")).isSameAs(Codecs.PCMU);
        assertThat(codecs.keySet()).containsExactly("PCMU", "PCMA", "G722", "OPUS", "G729");
    }
}
