package io.github.camelvoice.voice;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParams;

/**
 * The options that make sense per endpoint. The component holds one, as defaults; every endpoint has its own copy.
 */
@UriParams
public class VoiceConfiguration extends VoiceSessionOptions implements Cloneable {

    public VoiceConfiguration copy() {
        try {
            return (VoiceConfiguration) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new RuntimeCamelException(impossible);
        }
    }
}
