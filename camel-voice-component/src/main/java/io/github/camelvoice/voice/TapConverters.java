package io.github.camelvoice.voice;

import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapJson;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Taps as JSON in UTF-8, and their audio as WAV. */
@Converter(generateLoader = true)
public final class TapConverters {

    private TapConverters() {
    }

    @Converter
    public static String toString(TapInfo tap) {
        return TapJson.write(tap);
    }

    @Converter
    public static byte[] toBytes(TapInfo tap) {
        return bytes(TapJson.write(tap));
    }

    @Converter
    public static InputStream toInputStream(TapInfo tap) {
        return new ByteArrayInputStream(toBytes(tap));
    }

    @Converter
    public static String toString(TapInfos taps) {
        return TapJson.write(taps);
    }

    @Converter
    public static byte[] toBytes(TapInfos taps) {
        return bytes(TapJson.write(taps));
    }

    @Converter
    public static InputStream toInputStream(TapInfos taps) {
        return new ByteArrayInputStream(toBytes(taps));
    }

    /** The headers of the exchange say what the bytes are. */
    @Converter
    public static WavAudio toWav(byte[] audio, Exchange exchange) {
        Message message = exchange.getMessage();
        String codec = message.getHeader(VoiceConstants.TAP_CODEC, String.class);
        if (codec == null) {
            throw new IllegalArgumentException("there is no WAV without the header " + VoiceConstants.TAP_CODEC);
        }
        return WavAudio.of(audio, codec, message.getHeader(VoiceConstants.TAP_RATE, 8000, Integer.class),
                message.getHeader(VoiceConstants.TAP_CHANNELS, 1, Integer.class));
    }

    @Converter
    public static byte[] toBytes(WavAudio wav) {
        return wav.bytes();
    }

    @Converter
    public static InputStream toInputStream(WavAudio wav) {
        return new ByteArrayInputStream(wav.bytes());
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
