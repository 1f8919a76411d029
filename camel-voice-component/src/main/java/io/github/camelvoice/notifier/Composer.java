package io.github.camelvoice.notifier;

import java.util.List;

/** Puts together what a watcher is told of a resource: always its full state. Thread-safe. */
final class Composer {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final Board board;

    Composer(Board board) {
        this.board = board;
    }

    /**
     * The state as it is now. The answer for a user that nobody knows looks like that for one of whom nothing is to be told.
     *
     * @param uri as the watcher names the resource
     * @return null where there is nothing to be told
     */
    Body state(ServedPackage served, ResourceKey key, String uri, List<String> accept, long version) {
        List<Board.Entry> entries = board.entries(key);
        for (int i = entries.size() - 1; i >= 0; i--) {
            Body body = entries.get(i).body();
            if (ServedPackage.takes(accept, body.type())) {
                return served.versioned() ? Body.of(body.contentType(), VersionStamp.stamp(body.text(), version)) : body;
            }
        }
        return entries.isEmpty() ? nothing(served, uri, version) : null;
    }

    private static Body nothing(ServedPackage served, String uri, long version) {
        String entity = escaped(uri);
        return switch (served.name()) {
            case "dialog" -> Body.of("application/dialog-info+xml", XML + "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\""
                    + version + "\" state=\"full\" entity=\"" + entity + "\"/>\n");
            case "reg" -> Body.of("application/reginfo+xml", XML + "<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"" + version
                    + "\" state=\"full\"><registration aor=\"" + entity + "\" id=\"r\" state=\"init\"/></reginfo>\n");
            case "presence" -> Body.of("application/pidf+xml", XML + "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" + entity + "\"/>\n");
            case "message-summary" -> Body.of("application/simple-message-summary", "Messages-Waiting: no\r\n");
            default -> null;
        };
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
