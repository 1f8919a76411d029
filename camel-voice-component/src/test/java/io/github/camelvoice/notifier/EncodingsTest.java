package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.notifier.Admission.Refused;
import io.github.camelvoice.notifier.spi.EventTerms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies that came compressed. */
class EncodingsTest {

    private static EventTerms terms(String encoding, byte[] body) {
        return new EventTerms("presence", Map.of(), "sip:a@b", "a", "b", "sip:c@d", "", "c", false, "udp", new InetSocketAddress(1), null, 60, true, true,
                "application/resource-lists+xml", body, encoding == null ? SipHeaders.none() : SipHeaders.of("Content-Encoding", encoding));
    }

    private interface Encoder {
        OutputStream on(OutputStream out) throws IOException;
    }

    private static byte[] encoded(Encoder encoder, byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream encoding = encoder.on(out)) {
            encoding.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void decoded() throws Exception {
        byte[] plain = "<resource-lists/>".repeat(100).getBytes();
        assertThat(Encodings.decoded(terms(null, plain))).isEqualTo(plain);
        assertThat(Encodings.decoded(terms("Deflate", encoded(DeflaterOutputStream::new, plain)))).isEqualTo(plain);
        assertThat(Encodings.decoded(terms("gzip", encoded(GZIPOutputStream::new, plain)))).isEqualTo(plain);
    }

    @Test
    void bombsAndNonsense() throws Exception {
        byte[] bomb = encoded(DeflaterOutputStream::new, new byte[20 << 20]);
        EventTerms[] wrong = {terms("deflate", bomb), terms("deflate", new byte[] {1, 2, 3}), terms("br", new byte[] {1})};
        List<String> answers = new java.util.ArrayList<>();
        for (EventTerms each : wrong) {
            assertThatThrownBy(() -> Encodings.decoded(each)).isInstanceOfSatisfying(Refused.class, refused -> answers.add(String.valueOf(refused.code())));
        }
        assertThat(answers).containsExactly("413", "400", "415");
    }
}
