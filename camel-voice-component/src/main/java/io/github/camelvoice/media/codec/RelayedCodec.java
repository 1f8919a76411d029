package io.github.camelvoice.media.codec;

/** A codec of which the frame is known and no implementation is there: its packets can be passed on between two legs that both speak it. */
final class RelayedCodec implements AudioCodec {

    private final String encoding;
    private final int payloadType;
    private final String parameters;
    private final int frameBytes;
    private final int frameUnits;

    private RelayedCodec(String encoding, int payloadType, String parameters, int frameBytes, int frameUnits) {
        this.encoding = encoding;
        this.payloadType = payloadType;
        this.parameters = parameters;
        this.frameBytes = frameBytes;
        this.frameUnits = frameUnits;
    }

    /** G.729 and its Annex A (RFC 3551, section 4.5.6): 10 bytes for 10 ms. Without Annex B: no silence descriptions. */
    static AudioCodec g729() {
        return new RelayedCodec("G729", 18, "annexb=no", 10, 80);
    }

    @Override
    public String encoding() {
        return encoding;
    }

    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public int staticPayloadType() {
        return payloadType;
    }

    @Override
    public String parameters() {
        return parameters;
    }

    @Override
    public boolean linear() {
        return false;
    }

    /** A shorter rest is a description of silence (Annex B), which takes the place of one frame. */
    @Override
    public int duration(byte[] payload, int off, int len) {
        return (len + frameBytes - 1) / frameBytes * frameUnits;
    }

    @Override
    public Encoder encoder(String parametersOfTheFarEnd) {
        throw missing();
    }

    @Override
    public Decoder decoder() {
        throw missing();
    }

    private IllegalStateException missing() {
        return new IllegalStateException("there is no implementation of " + encoding + " here: it can be passed on, nothing else");
    }

    @Override
    public String toString() {
        return encoding;
    }
}
