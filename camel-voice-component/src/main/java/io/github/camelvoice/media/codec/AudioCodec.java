package io.github.camelvoice.media.codec;

/**
 * An audio codec as an RTP payload format knows it. Instances are immutable and may be shared between threads; what has
 * memory is the {@link Encoder} or {@link Decoder} of one direction of one stream.
 */
public interface AudioCodec {

    /** Encoding name as registered for {@code a=rtpmap} (RFC 3551 section 6), in upper case, e.g. {@code PCMU}. */
    String encoding();

    /** RTP clock rate in Hz. For G722 it is 8000 though the sound is sampled at 16000 (RFC 3551 section 4.5.2). */
    int clockRate();

    /** Rate of the linear samples in Hz. */
    int sampleRate();

    /** Payload type that RFC 3551 assigns statically, or -1 where there is none. */
    int staticPayloadType();

    /** The payload byte to which silence is encoded by a fresh encoder. */
    byte silence();

    /** Samples that make one payload byte: 1 for G.711, 2 for G.722. */
    int samplesPerByte();

    /** A fresh encoder for one stream. */
    Encoder encoder();

    /** A fresh decoder for one stream. */
    Decoder decoder();

    /** Turns samples into payload. Holds the memory of one stream: not for two threads at a time. */
    interface Encoder {

        /**
         * Encodes {@code len} samples of {@code pcm} from {@code off} on.
         *
         * @param len number of samples, a multiple of {@link AudioCodec#samplesPerByte()}
         * @return    the number of bytes written to {@code out} from {@code outOff} on
         * @throws IndexOutOfBoundsException if one of the arrays is too short; nothing is written then
         * @throws IllegalArgumentException  if {@code len} is not a multiple of the samples in a byte
         */
        int encode(short[] pcm, int off, int len, byte[] out, int outOff);

        /** Forgets the past of the stream. */
        void reset();
    }

    /** Turns payload into samples. Holds the memory of one stream: not for two threads at a time. */
    interface Decoder {

        /**
         * Decodes {@code len} bytes of {@code in} from {@code off} on; every byte sequence is valid input.
         *
         * @return the number of samples written to {@code pcm} from {@code outOff} on
         * @throws IndexOutOfBoundsException if one of the arrays is too short; nothing is written then
         */
        int decode(byte[] in, int off, int len, short[] pcm, int outOff);

        /** Forgets the past of the stream. */
        void reset();
    }
}
