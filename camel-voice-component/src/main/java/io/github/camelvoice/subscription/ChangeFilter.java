package io.github.camelvoice.subscription;

/** Which changes somebody hears. Null stands for: any. @param event name of a package, without parameters */
public record ChangeFilter(String subscriptionId, String account, String event) {

    public static final ChangeFilter ALL = new ChangeFilter(null, null, null);
}
