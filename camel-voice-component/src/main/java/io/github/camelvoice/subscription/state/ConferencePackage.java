package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.ConferenceInfo.Part;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.List;
import java.util.Locale;

/** {@code conference}: who is in a conference (RFC 4575). */
final class ConferencePackage extends VersionedPackage<ConferenceInfo> {

    ConferencePackage() {
        super("conference", ConferenceInfo.class, ConferenceInfo.TYPE, 3600, ConferenceDocument.NS, "conference-info");
    }

    @Override
    ConferenceInfo read(XmlNode root) throws XmlException {
        Fields.required(root, "entity");
        Long version = Fields.optionalNumber(root, "version");
        return new ConferenceInfo(version == null ? -1 : version, Part.valueOf(ConferenceTree.state(root).toUpperCase(Locale.ROOT)), root);
    }

    @Override
    boolean isFull(ConferenceInfo said) {
        return said.part() != Part.PARTIAL;
    }

    @Override
    Merged<ConferenceInfo> merge(ConferenceInfo before, ConferenceInfo said) throws XmlException {
        if (said.part() == Part.DELETED) {
            XmlNode over = bare(said.root().edit().onlyChildren(List.of()).build());
            ConferenceInfo state = new ConferenceInfo(said.version(), Part.DELETED, over);
            return new Merged<>(state, state, before == null || before.part() != Part.DELETED);
        }
        boolean base = before != null && before.part() != Part.DELETED;
        XmlNode full = bare(base && said.part() == Part.PARTIAL ? ConferenceTree.merge(before.root(), said.root())
                : ConferenceTree.whole(said.root()));
        ConferenceTree.bound(full);
        XmlNode changed = ConferenceDocument.changed(base ? before.root() : null, full);
        return new Merged<>(new ConferenceInfo(said.version(), Part.FULL, full), new ConferenceInfo(said.version(), Part.PARTIAL, bare(changed)),
                !base || !changed.children().isEmpty() || !full.attributes().equals(before.root().attributes()));
    }

    private static XmlNode bare(XmlNode root) {
        return root.edit().without("state").without("version").build();
    }
}
