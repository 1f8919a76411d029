package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.List;

/** A package whose documents are XML with a version, as full or partial state. */
abstract class VersionedPackage<S extends EventState> implements EventPackage {

    private final String name;
    private final Class<S> type;
    private final String mediaType;
    private final int expires;
    private final String namespace;
    private final String root;

    VersionedPackage(String name, Class<S> type, String mediaType, int expires, String namespace, String root) {
        this.name = name;
        this.type = type;
        this.mediaType = mediaType;
        this.expires = expires;
        this.namespace = namespace;
        this.root = root;
    }

    /** What became of the state. */
    record Merged<S>(S full, S changed, boolean isNew) {
    }

    abstract S read(XmlNode node) throws XmlException;

    abstract boolean isFull(S said);

    /** @param before null for none; not looked at for its version */
    abstract Merged<S> merge(S before, S said) throws XmlException;

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> accept() {
        return List.of(mediaType);
    }

    @Override
    public int defaultExpires() {
        return expires;
    }

    @Override
    public StateMerge merge(EventState before, String contentType, byte[] body) {
        if (Bodies.isEmpty(contentType, body)) {
            return Bodies.nothing(before);
        }
        MediaType media = MediaType.of(contentType);
        if (media == null) {
            return new StateMerge.Broken("its Content-Type is malformed");
        }
        if (!media.name().equals(mediaType)) {
            return Bodies.opaque(before, contentType, body);
        }
        try {
            return ordered(type.isInstance(before) ? type.cast(before) : null, read(Bodies.xml(media, body, namespace, root)));
        } catch (XmlException e) {
            return new StateMerge.Broken(e.getMessage());
        }
    }

    private StateMerge ordered(S before, S said) throws XmlException {
        long known = before == null ? -1 : before.version();
        Versions.Order order = said.version() < 0 ? Versions.Order.NEXT : Versions.order(known, said.version(), isFull(said));
        if (order == Versions.Order.STALE) {
            return new StateMerge.Stale(said.version());
        }
        Merged<S> merged = merge(before, said);
        return order == Versions.Order.NEXT ? new StateMerge.Applied(merged.full(), merged.changed(), merged.isNew())
                : new StateMerge.Gap(Versions.next(known), said.version(), merged.full(), merged.changed(), merged.isNew());
    }
}
