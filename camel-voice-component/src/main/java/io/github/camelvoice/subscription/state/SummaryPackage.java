package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import java.util.List;

/** {@code message-summary}: messages that wait (RFC 3842). */
final class SummaryPackage extends WholePackage {

    SummaryPackage() {
        super("message-summary", List.of(MessageSummary.TYPE), 3600);
    }

    @Override
    EventState read(MediaType type, byte[] body) throws MimeException {
        if (!type.name().equals(MessageSummary.TYPE)) {
            return null;
        }
        if (body.length > SummaryText.MAX_BYTES) {
            throw new MimeException("more than " + SummaryText.MAX_BYTES + " bytes");
        }
        return SummaryText.read(Bodies.text(type, body));
    }
}
