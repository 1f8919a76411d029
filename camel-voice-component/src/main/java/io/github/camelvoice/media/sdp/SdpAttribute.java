package io.github.camelvoice.media.sdp;

/** An {@code a=} line; {@code value} is null for a flag, and kept as it came, blanks included. */
public record SdpAttribute(String name, String value) {

    @Override
    public String toString() {
        return "a=" + name + (value == null ? "" : ":" + value);
    }
}
