package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import io.github.camelvoice.subscription.state.xml.XmlException;
import java.util.List;

/** {@code presence}: who can be reached (RFC 3856). Differences (RFC 5262) are never asked for. */
final class PresencePackage extends WholePackage {

    PresencePackage() {
        super("presence", List.of(Presence.TYPE), 3600);
    }

    @Override
    EventState read(MediaType type, byte[] body) throws MimeException, XmlException {
        if (type.name().equals("application/pidf-diff+xml")) {
            throw new MimeException("a difference of presence documents was not asked for");
        }
        return type.name().equals(Presence.TYPE) ? PresenceDocument.read(Bodies.xml(type, body, PresenceDocument.NS, "presence")) : null;
    }
}
