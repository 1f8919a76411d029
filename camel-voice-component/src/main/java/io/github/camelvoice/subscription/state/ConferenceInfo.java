package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlWriter;
import java.util.List;
import java.util.Map;

/**
 * A conference and who is in it (RFC 4575).
 *
 * @param version 0 to 4294967295, or -1 where nothing was said
 * @param part    whether this is all, or what changed
 * @param root    everything that was said, also what is not looked into
 */
public record ConferenceInfo(long version, Part part, XmlNode root) implements EventState {

    public static final String TYPE = "application/conference-info+xml";

    /** How much of the conference this is; a deleted one is over. */
    public enum Part { FULL, PARTIAL, DELETED }

    /** Where an endpoint is. */
    public enum Status { PENDING, DIALING_OUT, DIALING_IN, ALERTING, ON_HOLD, CONNECTED, MUTED_VIA_FOCUS, DISCONNECTING, DISCONNECTED }

    /** How somebody came. */
    public enum Joining { DIALED_IN, DIALED_OUT, FOCUS_OWNER }

    /** How somebody went. */
    public enum Leaving { DEPARTED, BOOTED, FAILED, BUSY }

    /** Direction of a medium, seen from the endpoint. */
    public enum Direction { SENDRECV, SENDONLY, RECVONLY, INACTIVE }

    /** Texts are null where nothing was said. @param gone deleted: only in what changed */
    public record User(String entity, String displayText, List<String> roles, List<Endpoint> endpoints, boolean gone) {
    }

    /** What is null was not said. */
    public record Endpoint(String entity, String displayText, Status status, Joining joining, Leaving leaving, List<Media> media) {
    }

    /** What is null was not said. @param source SSRC as text */
    public record Media(String id, String type, String label, String source, Direction direction) {
    }

    /** URI of the conference. */
    public String entity() {
        return root.attribute("entity");
    }

    /** What the conference is about, or null. */
    public String subject() {
        XmlNode description = root.child("conference-description");
        return description == null ? null : description.childText("subject");
    }

    public List<User> users() {
        return ConferenceDocument.users(root);
    }

    /** How many users the focus counts; their number here where it says nothing. */
    public long userCount() {
        return ConferenceDocument.userCount(this);
    }

    /** Whether the conference is active; null where nothing was said. */
    public Boolean active() {
        return ConferenceDocument.flag(root, "active");
    }

    /** Whether nobody more may come; null where nothing was said. */
    public Boolean locked() {
        return ConferenceDocument.flag(root, "locked");
    }

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public String document() {
        XmlNode.Builder written = root.edit().attribute("state", Fields.word(part));
        return XmlWriter.document((version < 0 ? written.without("version") : written.attribute("version", version)).build());
    }

    @Override
    public Map<String, Object> values() {
        return ConferenceDocument.values(this);
    }

    @Override
    public ConferenceInfo unversioned() {
        return new ConferenceInfo(-1, part, root);
    }
}
