package io.github.camelvoice.tap.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What each dialect says in the course of a tap, message by message and byte by byte: names, order and types as the vendors publish them, see
 * docs/tap-protocols.md. Audio is shortened in the files: {@code <base64 of 160>}, {@code <160 bytes>}.
 */
class ConversationTest {

    private static byte[] frame(Dialect dialect, int seed) {
        byte[] frame = new byte[dialect.shape().frameBytes()];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) (i * 7 + seed);
        }
        return frame;
    }

    /** The same course for all. */
    private static List<String> converse(TapSpec.Builder spec) {
        TapSpec built = spec.build();
        Dialect dialect = Dialects.of(built, DialectFixture.identity(), DialectFixture.CLOCK);
        List<byte[]> frames = new ArrayList<>();
        FakeWire wire = new FakeWire() {
            @Override
            public void audio(byte[] data, int length) {
                assertThat(data).isEqualTo(frames.get(frames.size() - 1));
                texts.add("<" + length + " bytes>");
            }
        };
        wire.twoWays = built.speaks();
        dialect.opened(wire);
        boolean in = built.direction().speaks();
        boolean out = built.direction().listens() && dialect.shape().layout() == AudioShape.Layout.TRACKS;
        for (long offset : new long[] {0, 20, 40}) {
            if (in || !out) {
                frames.add(frame(dialect, (int) offset));
                dialect.frame(wire, Track.INBOUND, frames.get(frames.size() - 1), dialect.shape().frameBytes(), offset, false);
            }
            if (out) {
                frames.add(frame(dialect, (int) offset + 1));
                dialect.frame(wire, Track.OUTBOUND, frames.get(frames.size() - 1), dialect.shape().frameBytes(), offset, false);
            }
        }
        dialect.digit(wire, '5', 260);
        if (built.speaks()) {
            dialect.passed(wire, mark(built.protocol(), "my \"label\""), false);
            dialect.passed(wire, mark(built.protocol(), "never heard"), true);
        }
        frames.add(frame(dialect, 60));
        dialect.frame(wire, in ? Track.INBOUND : Track.OUTBOUND, frames.get(frames.size() - 1), dialect.shape().frameBytes(), 1060, true);
        wire.texts.add("-- connected again");
        dialect.opened(wire);
        frames.add(frame(dialect, 80));
        dialect.frame(wire, in ? Track.INBOUND : Track.OUTBOUND, frames.get(frames.size() - 1), dialect.shape().frameBytes(), 3000, false);
        dialect.closing(wire, "call-ended");
        return shortened(wire.texts, frames);
    }

    private static String mark(TapProtocol protocol, String name) {
        return switch (protocol) {
            case VONAGE -> "{\"name\":\"" + name.replace("\"", "\\\"") + "\"}";
            case JAMBONZ -> "m0:" + name;
            default -> name;
        };
    }

    private static List<String> shortened(List<String> texts, List<byte[]> frames) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            String line = text;
            for (byte[] frame : frames) {
                line = line.replace(Base64.getEncoder().encodeToString(frame), "<base64 of " + frame.length + ">");
            }
            lines.add(line);
        }
        return lines;
    }

    private static void saysWhatIsIn(String file, TapSpec.Builder spec) {
        assertThat(String.join("\n", converse(spec)) + "\n").isEqualTo(DialectFixture.resource(file));
    }

    private static final Map<String, String> PARAMETERS = Map.of("FirstName", "Jane", "LastName", "Doe \"X\"", "RemoteParty", "Bob");

    @Test
    void raw() {
        saysWhatIsIn("raw-speak.txt", DialectFixture.spec(TapProtocol.RAW).parameters(PARAMETERS));
        saysWhatIsIn("raw-both-stereo.txt", DialectFixture.spec(TapProtocol.RAW).direction(TapDirection.BOTH).channels(2).codec("PCMA").speaks(true));
    }

    @Test
    void twilio() {
        saysWhatIsIn("twilio-both.txt", DialectFixture.spec(TapProtocol.TWILIO).direction(TapDirection.BOTH));
        saysWhatIsIn("twilio-two-ways.txt", DialectFixture.spec(TapProtocol.TWILIO).speaks(true).parameters(PARAMETERS));
    }

    @Test
    void signalwire() {
        saysWhatIsIn("signalwire-listen.txt", DialectFixture.spec(TapProtocol.SIGNALWIRE).direction(TapDirection.LISTEN));
        saysWhatIsIn("signalwire-both.txt", DialectFixture.spec(TapProtocol.SIGNALWIRE).direction(TapDirection.BOTH).codec("L16").rate(24000));
        saysWhatIsIn("signalwire-two-ways.txt", DialectFixture.spec(TapProtocol.SIGNALWIRE).speaks(true).parameters(PARAMETERS));
    }

    @Test
    void telnyx() {
        saysWhatIsIn("telnyx-both.txt", DialectFixture.spec(TapProtocol.TELNYX).direction(TapDirection.BOTH).codec("PCMA"));
        saysWhatIsIn("telnyx-two-ways.txt", DialectFixture.spec(TapProtocol.TELNYX).speaks(true).parameters(PARAMETERS).codec("L16"));
    }

    @Test
    void vonage() {
        saysWhatIsIn("vonage-speak.txt", DialectFixture.spec(TapProtocol.VONAGE).rate(8000));
        saysWhatIsIn("vonage-two-ways.txt", DialectFixture.spec(TapProtocol.VONAGE).speaks(true).parameters(PARAMETERS));
    }

    @Test
    void jambonz() {
        saysWhatIsIn("jambonz-speak.txt", DialectFixture.spec(TapProtocol.JAMBONZ));
        saysWhatIsIn("jambonz-stereo.txt", DialectFixture.spec(TapProtocol.JAMBONZ).direction(TapDirection.BOTH).channels(2).rate(16000)
                .parameters(PARAMETERS));
        saysWhatIsIn("jambonz-two-ways.txt", DialectFixture.spec(TapProtocol.JAMBONZ).speaks(true).direction(TapDirection.BOTH).rate(24000));
    }
}
