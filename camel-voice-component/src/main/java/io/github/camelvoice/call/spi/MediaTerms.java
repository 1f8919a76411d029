package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.MediaSecurity;
import java.util.List;
import java.util.Objects;

/**
 * What a leg may agree to.
 *
 * @param codecs encoding names in order of preference, out of those the plane knows
 */
public record MediaTerms(List<String> codecs, MediaSecurity security) {

    public MediaTerms {
        codecs = List.copyOf(codecs);
        Objects.requireNonNull(security, "security");
    }

    /** Plain RTP. */
    public static MediaTerms plain(List<String> codecs) {
        return new MediaTerms(codecs, MediaSecurity.NONE);
    }
}
