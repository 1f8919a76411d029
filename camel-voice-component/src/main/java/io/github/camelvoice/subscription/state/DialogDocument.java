package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.DialogInfo.Address;
import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.DialogInfo.Party;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code application/dialog-info+xml} (RFC 4235, section 4). */
final class DialogDocument {

    static final String NS = "urn:ietf:params:xml:ns:dialog-info";

    private DialogDocument() {
    }

    static DialogInfo read(XmlNode root) throws XmlException {
        long version = Fields.number(root, "version");
        boolean full = Fields.isFull(root);
        List<Dialog> dialogs = new ArrayList<>();
        for (XmlNode each : root.children("dialog")) {
            dialogs.add(dialog(each));
        }
        return new DialogInfo(version, !full, Fields.required(root, "entity"), dialogs, root.foreign(), List.of());
    }

    private static Dialog dialog(XmlNode node) throws XmlException {
        XmlNode state = node.child("state");
        if (state == null) {
            throw new XmlException(node, "has no <state>");
        }
        List<String> route = new ArrayList<>();
        XmlNode routes = node.child("route-set");
        if (routes != null) {
            routes.children("hop").forEach(each -> route.add(each.text()));
        }
        String direction = node.attribute("direction");
        String event = state.attribute("event");
        return new Dialog(Fields.required(node, "id"), node.attribute("call-id"), node.attribute("local-tag"), node.attribute("remote-tag"),
                direction == null ? null : Fields.word(node, "direction", direction, DialogInfo.Direction.class),
                Fields.word(state, "its text", state.text(), DialogInfo.State.class),
                event == null ? null : Fields.word(state, "event", event, DialogInfo.Event.class), code(state), Fields.childNumber(node, "duration"),
                replaces(node.child("replaces")), address(node.child("referred-by")), route, party(node.child("local")), party(node.child("remote")),
                node.foreign());
    }

    private static Integer code(XmlNode state) throws XmlException {
        Long code = Fields.optionalNumber(state, "code");
        if (code != null && (code < 100 || code > 699)) {
            throw new XmlException(state, "code is not a number from 100 to 699");
        }
        return code == null ? null : code.intValue();
    }

    private static DialogInfo.Replaces replaces(XmlNode node) throws XmlException {
        return node == null ? null : new DialogInfo.Replaces(Fields.required(node, "call-id"), Fields.required(node, "local-tag"),
                Fields.required(node, "remote-tag"));
    }

    private static Address address(XmlNode node) {
        return node == null ? null : new Address(node.text(), node.attribute(node.attribute("display-name") == null ? "display" : "display-name"));
    }

    private static Party party(XmlNode node) throws XmlException {
        if (node == null) {
            return null;
        }
        XmlNode target = node.child("target");
        Map<String, String> parameters = new LinkedHashMap<>();
        if (target != null) {
            for (XmlNode each : target.children("param")) {
                parameters.put(Fields.required(each, "pname"), each.attribute("pval") == null ? "" : each.attribute("pval"));
            }
        }
        XmlNode sdp = node.child("session-description");
        return new Party(address(node.child("identity")), target == null ? null : target.attribute("uri"), parameters,
                sdp == null ? null : new DialogInfo.SessionDescription(Fields.required(sdp, "type"), sdp.text()), Fields.childNumber(node, "cseq"),
                node.foreign());
    }

    static XmlNode write(DialogInfo info) {
        XmlNode.Builder root = XmlNode.builder(NS, "dialog-info").attribute("version", Math.max(0, info.version()))
                .attribute("state", info.partial() ? "partial" : "full").attribute("entity", info.entity());
        info.dialogs().forEach(each -> root.child(write(each)));
        return root.children(info.extensions()).build();
    }

    private static XmlNode write(Dialog dialog) {
        XmlNode.Builder node = XmlNode.builder(NS, "dialog").attribute("id", dialog.id()).attribute("call-id", dialog.callId())
                .attribute("local-tag", dialog.localTag()).attribute("remote-tag", dialog.remoteTag())
                .attribute("direction", Fields.word(dialog.direction()));
        node.child(XmlNode.builder(NS, "state").attribute("event", Fields.word(dialog.event())).attribute("code", dialog.code())
                .text(Fields.word(dialog.state())).build());
        node.textChild("duration", dialog.duration());
        if (dialog.replaces() != null) {
            node.child(XmlNode.builder(NS, "replaces").attribute("call-id", dialog.replaces().callId())
                    .attribute("local-tag", dialog.replaces().localTag()).attribute("remote-tag", dialog.replaces().remoteTag()).build());
        }
        node.child(write("referred-by", dialog.referredBy()));
        if (!dialog.routeSet().isEmpty()) {
            XmlNode.Builder route = XmlNode.builder(NS, "route-set");
            dialog.routeSet().forEach(each -> route.textChild("hop", each));
            node.child(route.build());
        }
        return node.child(write("local", dialog.local())).child(write("remote", dialog.remote())).children(dialog.extensions()).build();
    }

    private static XmlNode write(String name, Address address) {
        return address == null ? null : XmlNode.builder(NS, name).attribute("display", address.display()).text(address.uri()).build();
    }

    private static XmlNode write(String name, Party party) {
        if (party == null) {
            return null;
        }
        XmlNode.Builder node = XmlNode.builder(NS, name).child(write("identity", party.identity()));
        if (party.target() != null) {
            XmlNode.Builder target = XmlNode.builder(NS, "target").attribute("uri", party.target());
            party.targetParameters().forEach((pname, pval) ->
                    target.child(XmlNode.builder(NS, "param").attribute("pname", pname).attribute("pval", pval).build()));
            node.child(target.build());
        }
        if (party.sessionDescription() != null) {
            node.child(XmlNode.builder(NS, "session-description").attribute("type", party.sessionDescription().type())
                    .text(party.sessionDescription().text()).build());
        }
        return node.textChild("cseq", party.cseq()).children(party.extensions()).build();
    }

    static Map<String, Object> values(DialogInfo info) {
        return Fields.values("version", info.version(), "state", info.partial() ? "partial" : "full", "entity", info.entity(), "dialogs",
                info.dialogs().stream().map(DialogDocument::values).toList());
    }

    private static Map<String, Object> values(Dialog dialog) {
        return Fields.values("id", dialog.id(), "callId", dialog.callId(), "localTag", dialog.localTag(), "remoteTag", dialog.remoteTag(),
                "direction", dialog.direction(), "state", dialog.state(), "event", dialog.event(), "code", dialog.code(), "duration",
                dialog.duration(), "replaces",
                dialog.replaces() == null ? null : Fields.values("callId", dialog.replaces().callId(), "localTag", dialog.replaces().localTag(),
                        "remoteTag", dialog.replaces().remoteTag()),
                "referredBy", values(dialog.referredBy()), "routeSet", dialog.routeSet(), "local", values(dialog.local()), "remote",
                values(dialog.remote()));
    }

    private static Map<String, Object> values(Address address) {
        return address == null ? null : Fields.values("uri", address.uri(), "display", address.display());
    }

    private static Map<String, Object> values(Party party) {
        return party == null ? null : Fields.values("identity", values(party.identity()), "target", party.target(), "targetParameters",
                party.targetParameters(), "sessionDescription", party.sessionDescription() == null ? null : Fields.values("type",
                        party.sessionDescription().type(), "text", party.sessionDescription().text()), "cseq", party.cseq());
    }
}
