package io.github.camelvoice.notifier;

import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.StateMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts together what a watcher is told of a resource: always its full state. Thread-safe. */
final class Composer {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final Board board;

    private final Function<String, List<Dialog>> dialogs;

    /** @param dialogs of our calls, by user */
    Composer(Board board, Function<String, List<Dialog>> dialogs) {
        this.board = board;
        this.dialogs = dialogs;
    }

    /**
     * The state as it is now. The answer for a user that nobody knows looks like that for one of whom nothing is to be told.
     *
     * @param uri        as the watcher names the resource
     * @param parameters of its Event
     * @return null where there is nothing to be told
     */
    Body state(ServedPackage served, ResourceKey key, String uri, Map<String, String> parameters, List<String> accept, long version) {
        List<Board.Entry> entries = board.entries(key);
        if (served.name().equals("dialog")) {
            return dialogs(entries, dialogs.apply(key.user()), uri, parameters, version);
        }
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
            case "reg" -> Body.of("application/reginfo+xml", XML + "<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"" + version
                    + "\" state=\"full\"><registration aor=\"" + entity + "\" id=\"r\" state=\"init\"/></reginfo>\n");
            case "presence" -> Body.of("application/pidf+xml", XML + "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" + entity + "\"/>\n");
            case "message-summary" -> Body.of("application/simple-message-summary", "Messages-Waiting: no\r\n");
            default -> null;
        };
    }

    /** The dialogs of our calls, and those that others publish: a phone may tell of calls that do not pass here. */
    private static Body dialogs(List<Board.Entry> entries, List<Dialog> ours, String uri, Map<String, String> parameters, long version) {
        List<Dialog> all = new ArrayList<>(ours);
        for (Board.Entry entry : entries) {
            if (EventPackages.of("dialog").merge(null, entry.body().contentType(), entry.body().bytes()) instanceof StateMerge.Applied said
                    && said.full() instanceof DialogInfo published) {
                published.dialogs().stream().filter(each -> all.stream().noneMatch(known -> known.id().equals(each.id()))).forEach(all::add);
            }
        }
        DialogInfo info = new DialogInfo(version, false, uri, all.stream().filter(each -> isAsked(each, parameters)).toList());
        return Body.of(info.contentType(), info.document());
    }

    /** Who names a dialog wants that one alone (RFC 4235, section 3.2). */
    private static boolean isAsked(Dialog dialog, Map<String, String> parameters) {
        return is(parameters.get("call-id"), dialog.callId()) && is(parameters.get("to-tag"), dialog.localTag())
                && is(parameters.get("from-tag"), dialog.remoteTag());
    }

    private static boolean is(String asked, String value) {
        return asked == null || asked.equals(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
