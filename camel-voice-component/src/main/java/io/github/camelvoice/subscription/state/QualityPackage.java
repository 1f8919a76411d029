package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import java.util.List;

/** {@code vq-rtcpxr}: how calls sounded (RFC 6035). */
final class QualityPackage extends WholePackage {

    QualityPackage() {
        super("vq-rtcpxr", List.of(VoiceQuality.TYPE), 3600);
    }

    @Override
    EventState read(MediaType type, byte[] body) throws MimeException {
        if (!type.name().equals(VoiceQuality.TYPE)) {
            return null;
        }
        if (body.length > QualityText.MAX_BYTES) {
            throw new MimeException("more than " + QualityText.MAX_BYTES + " bytes");
        }
        return QualityText.read(Bodies.text(type, body));
    }
}
