package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dialogs that INVITEs made at a user (RFC 4235).
 *
 * @param version    0 to 4294967295, or -1
 * @param partial    whether only what changed is in it
 * @param entity     URI of the user
 * @param dialogs    in full state none that is terminated
 * @param extensions elements of other namespaces
 * @param ended      dialogs that ended lately and were told; no part of the document
 */
public record DialogInfo(long version, boolean partial, String entity, List<Dialog> dialogs, List<XmlNode> extensions, List<Dialog> ended)
        implements EventState {

    public static final String TYPE = "application/dialog-info+xml";

    public DialogInfo {
        dialogs = List.copyOf(dialogs);
        extensions = List.copyOf(extensions);
        ended = List.copyOf(ended);
    }

    /** One that is to be written. */
    public DialogInfo(long version, boolean partial, String entity, List<Dialog> dialogs) {
        this(version, partial, entity, dialogs, List.of(), List.of());
    }

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public String document() {
        return XmlWriter.document(DialogDocument.write(this));
    }

    @Override
    public Map<String, Object> values() {
        return DialogDocument.values(this);
    }

    @Override
    public DialogInfo unversioned() {
        return new DialogInfo(-1, partial, entity, dialogs, extensions, ended);
    }

    /** State of a dialog (RFC 4235, section 3.7.1). */
    public enum State { TRYING, PROCEEDING, EARLY, CONFIRMED, TERMINATED }

    /** Why it came to its state. */
    public enum Event { CANCELLED, REJECTED, REPLACED, LOCAL_BYE, REMOTE_BYE, ERROR, TIMEOUT }

    /** Which side the user of the entity is. */
    public enum Direction { INITIATOR, RECIPIENT }

    /**
     * A dialog. Null where nothing was said.
     *
     * @param code       of the response that brought the state, 100 to 699
     * @param duration   seconds since it began
     * @param routeSet   URIs
     * @param extensions elements of other namespaces: shared appearances (RFC 7463)
     */
    public record Dialog(String id, String callId, String localTag, String remoteTag, Direction direction, State state, Event event, Integer code,
                         Long duration, Replaces replaces, Address referredBy, List<String> routeSet, Party local, Party remote,
                         List<XmlNode> extensions) {

        public Dialog {
            routeSet = List.copyOf(routeSet);
            extensions = List.copyOf(extensions);
        }

        /** One of which no more is known. */
        public static Dialog of(String id, State state) {
            return new Dialog(id, null, null, null, null, state, null, null, null, null, null, List.of(), null, null, List.of());
        }

        public Dialog withCall(String newCallId, String newLocalTag, String newRemoteTag, Direction newDirection) {
            return new Dialog(id, newCallId, newLocalTag, newRemoteTag, newDirection, state, event, code, duration, replaces, referredBy, routeSet,
                    local, remote, extensions);
        }

        public Dialog withState(State newState, Event newEvent, Integer newCode) {
            return new Dialog(id, callId, localTag, remoteTag, direction, newState, newEvent, newCode, duration, replaces, referredBy, routeSet,
                    local, remote, extensions);
        }

        public Dialog withDuration(Long seconds) {
            return new Dialog(id, callId, localTag, remoteTag, direction, state, event, code, seconds, replaces, referredBy, routeSet, local, remote,
                    extensions);
        }

        public Dialog withParties(Party newLocal, Party newRemote) {
            return new Dialog(id, callId, localTag, remoteTag, direction, state, event, code, duration, replaces, referredBy, routeSet, newLocal,
                    newRemote, extensions);
        }

        public Dialog withReplaces(Replaces newReplaces, Address newReferredBy) {
            return new Dialog(id, callId, localTag, remoteTag, direction, state, event, code, duration, newReplaces, newReferredBy, routeSet, local,
                    remote, extensions);
        }
    }

    /** A dialog that another one replaces. */
    public record Replaces(String callId, String localTag, String remoteTag) {
    }

    /** @param display null without */
    public record Address(String uri, String display) {
    }

    /**
     * One side. Null where nothing was said.
     *
     * @param target           URI of its Contact
     * @param targetParameters of the Contact: {@code +sip.rendering}
     */
    public record Party(Address identity, String target, Map<String, String> targetParameters, SessionDescription sessionDescription, Long cseq,
                        List<XmlNode> extensions) {

        public Party {
            targetParameters = Collections.unmodifiableMap(new LinkedHashMap<>(targetParameters));
            extensions = List.copyOf(extensions);
        }

        /** @param target null for none */
        public static Party of(String uri, String display, String target) {
            return new Party(new Address(uri, display), target, Map.of(), null, null, List.of());
        }
    }

    /** @param type media type */
    public record SessionDescription(String type, String text) {
    }
}
