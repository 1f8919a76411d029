package io.github.camelvoice.subscription;

/** One instance of a resource as it is kept alive. Written on the mailbox of its subscription, {@link #info} read by anybody. */
final class LiveInstance {

    /** What it is called by whoever tells of it: a dialog, or an instance of a list. Null while the subscription that told of it is over. */
    String key;
    /** No full state was heard in the present subscription, or none since a gap: what is known is older, and versions begin anew. */
    boolean fresh = true;
    /** Bodies in a row that were too old. */
    int stale;
    volatile InstanceInfo info;

    LiveInstance(String key) {
        this.key = key;
    }

    /** One that was known before this process began. */
    LiveInstance(InstanceInfo info) {
        this.info = info;
    }
}
