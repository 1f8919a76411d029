package io.github.camelvoice.notifier;

import io.github.camelvoice.notifier.Admission.Refused;
import io.github.camelvoice.notifier.spi.EventTerms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Bodies that came compressed (RFC 3261, section 20.12): some phones send their lists so. */
final class Encodings {

    private static final int LARGEST = 1 << 20;

    private Encodings() {
    }

    /** The body as it was before it was encoded. */
    static byte[] decoded(EventTerms terms) throws Refused {
        String encoding = terms.headers().first("Content-Encoding").map(each -> each.trim().toLowerCase(Locale.ROOT)).orElse("identity");
        if (encoding.equals("identity") || terms.body().length == 0) {
            return terms.body();
        }
        try (InputStream in = stream(encoding, new ByteArrayInputStream(terms.body()))) {
            byte[] plain = in.readNBytes(LARGEST + 1);
            if (plain.length > LARGEST) {
                throw new Refused(413);
            }
            return plain;
        } catch (IOException malformed) {
            throw new Refused(400, "The Body Cannot Be Decoded", Map.of());
        }
    }

    private static InputStream stream(String encoding, InputStream in) throws IOException, Refused {
        return switch (encoding) {
            case "deflate" -> new InflaterInputStream(in);
            case "gzip" -> new GZIPInputStream(in);
            default -> throw new Refused(415, null, Map.of("Accept-Encoding", "identity, deflate, gzip"));
        };
    }
}
