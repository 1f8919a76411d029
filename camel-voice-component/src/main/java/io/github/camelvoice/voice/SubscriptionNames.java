package io.github.camelvoice.voice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.camel.Route;

/** Under which id a consumer finds its subscription again, and how it knows that it is still the same. */
final class SubscriptionNames {

    private static final int HASH_BYTES = 4;
    private static final int LONGEST = 64;

    private SubscriptionNames() {
    }

    /** The option {@code subscription}; else the id of the route, if it was given, and what is watched. */
    static String of(VoiceSubscribeConsumer consumer, VoiceEndpoint endpoint) {
        VoiceConfiguration options = endpoint.getConfiguration();
        String given = Arguments.blankToNull(options.getSubscription());
        if (given != null) {
            return given;
        }
        Route route = consumer.getRoute();
        String name = route != null && route.isCustomId() ? route.getRouteId().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "") : "route";
        String hash = hash(endpoint.getTarget(), options.getResources(), options.getEvent());
        return name.substring(0, Math.min(name.length(), LONGEST - 1 - hash.length())) + "-" + hash;
    }

    /** What cannot be changed of a subscription that there is. */
    static String origin(VoiceConfiguration options) {
        return SubscribeRequests.ORIGIN + "-" + hash(options.getEvent(), options.getAccept(), Long.toString(options.getExpires()), options.getLists(),
                options.getFrom(), options.getOutboundProxy());
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(Objects.toString(part, "").getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
