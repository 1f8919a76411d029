package io.github.camelvoice.media.sdp;

/** A session description that cannot be read. */
public final class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param line number of the line from 1, 0 if no single line is to blame */
    public SdpException(int line, String message) {
        super(line == 0 ? "SDP: " + message : "SDP line " + line + ": " + message);
    }
}
