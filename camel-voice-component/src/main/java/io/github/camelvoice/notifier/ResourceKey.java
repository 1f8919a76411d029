package io.github.camelvoice.notifier;

/** A resource in a package. @param event name of the package; @param user of ours, unescaped */
record ResourceKey(String event, String user) {
}
