package io.github.camelvoice.voice;

import java.util.Arrays;
import java.util.Locale;

/** What an endpoint is about: the first part of its path. */
public enum VoiceResource {
    CALL, EVENTS, SIPINFO, TAP, DOCUMENT, CALLBACKS, TRANSFER, SUBSCRIBE, SESSION;

    /** As it stands in a URI: {@code call}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException listing what there is */
    public static VoiceResource of(String word) {
        for (VoiceResource resource : values()) {
            if (resource.word().equals(word)) {
                return resource;
            }
        }
        throw new IllegalArgumentException("voice: has no resource '" + word + "'; there are "
                + Arrays.stream(values()).map(VoiceResource::word).toList());
    }
}
