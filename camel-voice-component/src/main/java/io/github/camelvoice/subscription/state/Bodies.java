package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlLimits;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What all packages do with bodies. */
final class Bodies {

    private Bodies() {
    }

    static boolean isEmpty(String contentType, byte[] body) {
        return contentType == null || body == null || body.length == 0;
    }

    /** No body: nothing is known any more. */
    static StateMerge nothing(EventState before) {
        return new StateMerge.Applied(OpaqueState.EMPTY, OpaqueState.EMPTY, before != null && !before.equals(OpaqueState.EMPTY));
    }

    static StateMerge opaque(EventState before, String contentType, byte[] body) {
        if (body.length > XmlLimits.BODY.bytes()) {
            return new StateMerge.Broken("more than " + XmlLimits.BODY.bytes() + " bytes");
        }
        OpaqueState state = new OpaqueState(contentType, text(MediaType.of(contentType), body));
        return new StateMerge.Applied(state, state, !state.equals(before));
    }

    /** Bytes as the media type says that they are, else as UTF-8; what cannot be read becomes U+FFFD. */
    static String text(MediaType type, byte[] body) {
        Charset charset = StandardCharsets.UTF_8;
        String named = type == null ? null : type.parameter("charset");
        try {
            charset = named == null ? charset : Charset.forName(named);
        } catch (IllegalArgumentException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
        return new String(body, charset);
    }

    /** @throws XmlException also for another root than this */
    static XmlNode xml(MediaType type, byte[] body, String namespace, String root) throws XmlException {
        XmlNode node = XmlReader.read(body, type.parameter("charset"), XmlLimits.BODY);
        if (!node.name().equals(root)) {
            throw new XmlException(node, "is not <" + root + ">");
        }
        if (!node.namespace().equals(namespace)) {
            throw new XmlException(node, "is not in the namespace " + namespace);
        }
        return node;
    }
}
