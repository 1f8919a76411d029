package io.github.camelvoice.subscription;

import java.util.List;

/**
 * A resource and what is known of it.
 *
 * @param displayName null without
 * @param instances   empty before anything was told
 * @param trouble     why nothing is told just now, in plain words; null if all is well
 */
public record ResourceInfo(String uri, String displayName, List<InstanceInfo> instances, String trouble) {

    public ResourceInfo {
        instances = List.copyOf(instances);
    }
}
