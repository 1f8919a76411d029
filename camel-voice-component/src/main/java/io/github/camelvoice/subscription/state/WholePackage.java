package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import io.github.camelvoice.subscription.state.xml.XmlException;
import java.util.List;

/** A package whose every document is the whole state, without a version. */
abstract class WholePackage implements EventPackage {

    private final String name;
    private final List<String> accept;
    private final int expires;

    WholePackage(String name, List<String> accept, int expires) {
        this.name = name;
        this.accept = accept;
        this.expires = expires;
    }

    /** @return null where the body is to be kept as it is */
    abstract EventState read(MediaType type, byte[] body) throws MimeException, XmlException;

    /** Whether they say the same. */
    boolean same(EventState before, EventState state) {
        return state.equals(before);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> accept() {
        return accept;
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
        MediaType type = MediaType.of(contentType);
        if (type == null) {
            return new StateMerge.Broken("its Content-Type is malformed");
        }
        try {
            EventState state = read(type, body);
            return state == null ? Bodies.opaque(before, contentType, body) : new StateMerge.Applied(state, state, !same(before, state));
        } catch (MimeException | XmlException e) {
            return new StateMerge.Broken(e.getMessage());
        }
    }
}
