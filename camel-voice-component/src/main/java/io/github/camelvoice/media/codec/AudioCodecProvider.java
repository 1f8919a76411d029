package io.github.camelvoice.media.codec;

/**
 * Brings an implementation of a codec that there is none of here, found by {@link java.util.ServiceLoader}: a jar on the class path with its
 * class named in {@code META-INF/services/io.github.camelvoice.media.codec.AudioCodecProvider}. The codecs waiting for one are those of
 * {@link Codecs} that are not {@link AudioCodec#linear()}: {@code G729}. Providers of other codecs, or of one that is there, are left aside
 * with a warning.
 */
public interface AudioCodecProvider {

    /**
     * The codec, {@link AudioCodec#linear() linear}, with the name, the clock and the payload type of the one that it stands in for. Asked
     * for once, when the first call needs codecs.
     */
    AudioCodec codec();
}
