package io.github.camelvoice.media.codec;

/**
 * An audio codec as an RTP payload format knows it. Instances are immutable and may be shared between threads; what has
 * memory is the {@link Encoder} or {@link Decoder} of one direction of one stream.
 */
public interface AudioCodec {

    /** Encoding name as registered for {@code a=rtpmap} (RFC 3551 section 6), in upper case, e.g. {@code PCMU}. */
    String encoding();

    /**
     * RTP clock rate in Hz, a multiple of 8000. For G722 it is 8000 though the sound is sampled at 16000 (RFC 3551 section 4.5.2), for
     * OPUS 48000 whatever is sent (RFC 7587 section 4.1).
     */
    int clockRate();

    /** Rate of the linear samples in Hz: 8000 or 16000. */
    int sampleRate();

    /** Payload type that RFC 3551 assigns statically, or -1 where there is none. */
    int staticPayloadType();

    /** What our own descriptions say of it in {@code a=fmtp}; empty for nothing. */
    default String parameters() {
        return "";
    }

    /** Whether samples can be made of it here, and it of samples. A codec that is not linear can be passed on as it is, nothing else. */
    default boolean linear() {
        return true;
    }

    /** How long a payload lasts in units of the RTP clock; 0 for one that this codec cannot have made. Looks at the payload's frame alone. */
    int duration(byte[] payload, int off, int len);

    /**
     * A fresh encoder for one stream.
     *
     * @param parameters what the far end's {@code a=fmtp} says of this codec, empty for nothing; what makes no sense there is ignored
     * @throws IllegalStateException if the codec is not {@link #linear()}
     */
    Encoder encoder(String parameters);

    /** A fresh encoder for a stream of which nothing special is known. */
    default Encoder encoder() {
        return encoder("");
    }

    /**
     * A fresh decoder for one stream.
     *
     * @throws IllegalStateException if the codec is not {@link #linear()}
     */
    Decoder decoder();

    /** Turns samples into payload. Holds the memory of one stream: not for two threads at a time. */
    interface Encoder {

        /**
         * Encodes {@code len} samples of {@code pcm} from {@code off} on as one payload.
         *
         * @param len number of samples: 10, 20, 40 or 60 ms suit all codecs
         * @return    the number of bytes written to {@code out} from {@code outOff} on
         * @throws IndexOutOfBoundsException if one of the arrays is too short; nothing is written then
         * @throws IllegalArgumentException  if {@code len} does not make whole frames of the codec
         */
        int encode(short[] pcm, int off, int len, byte[] out, int outOff);

        /** The far end says how much of our stream it loses, 0 to 100: a codec that can protects itself. */
        default void loss(int percent) {
        }

        /** Forgets the past of the stream. */
        void reset();
    }

    /** Turns payload into samples. Holds the memory of one stream: not for two threads at a time. */
    interface Decoder {

        /**
         * Decodes {@code len} bytes of {@code in} from {@code off} on.
         *
         * @return the number of samples written to {@code pcm} from {@code outOff} on; 0 for a payload that this codec cannot have made
         * @throws IndexOutOfBoundsException if one of the arrays is too short; nothing is written then
         */
        int decode(byte[] in, int off, int len, short[] pcm, int outOff);

        /**
         * Makes audio in place of what was lost right before a payload that came, which is decoded after that. A codec may know from the
         * payload what was lost (in-band FEC), or go on with what it heard.
         *
         * @param samples whole multiples of 2.5 ms
         * @return samples written to {@code pcm} from {@code outOff} on; 0: this codec has no way of its own to do so
         */
        default int conceal(byte[] next, int off, int len, int samples, short[] pcm, int outOff) {
            return 0;
        }

        /** Forgets the past of the stream. */
        void reset();
    }
}
