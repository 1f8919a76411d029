package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.List;

/** {@code dialog}: who is in a call (RFC 4235). */
final class DialogPackage extends VersionedPackage<DialogInfo> {

    private static final Rows.Kind<Dialog> DIALOGS = new Rows.Kind<>(Dialog::id, each -> each.state() == DialogInfo.State.TERMINATED,
            (one, other) -> one.withDuration(null).equals(other.withDuration(null)),
            each -> each.withState(DialogInfo.State.TERMINATED, null, null));

    DialogPackage() {
        super("dialog", DialogInfo.class, DialogInfo.TYPE, 3600, DialogDocument.NS, "dialog-info");
    }

    @Override
    DialogInfo read(XmlNode root) throws XmlException {
        return DialogDocument.read(root);
    }

    @Override
    boolean isFull(DialogInfo said) {
        return !said.partial();
    }

    @Override
    Merged<DialogInfo> merge(DialogInfo before, DialogInfo said) throws XmlException {
        Rows<Dialog> rows = Rows.merge(DIALOGS, before == null ? List.of() : before.dialogs(), before == null ? List.of() : before.ended(),
                said.dialogs(), !said.partial());
        boolean isNew = before == null || !rows.changed().isEmpty() || !before.entity().equals(said.entity())
                || !said.extensions().isEmpty() && !said.extensions().equals(before.extensions());
        List<XmlNode> extensions = said.partial() && said.extensions().isEmpty() && before != null ? before.extensions() : said.extensions();
        return new Merged<>(new DialogInfo(said.version(), false, said.entity(), rows.rows(), extensions, rows.ended()),
                new DialogInfo(said.version(), true, said.entity(), rows.changed(), said.extensions(), List.of()), isNew);
    }
}
