package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.DialogInfo.Address;
import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.DialogInfo.Party;
import io.github.camelvoice.subscription.state.DialogInfo.Replaces;
import io.github.camelvoice.subscription.state.DialogInfo.SessionDescription;
import io.github.camelvoice.subscription.state.Presence.Tuple;
import io.github.camelvoice.subscription.state.RegInfo.Contact;
import io.github.camelvoice.subscription.state.RegInfo.Event;
import io.github.camelvoice.subscription.state.RegInfo.Registration;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One document of each kind, with all that it can have. */
final class Documents {

    private static final XmlNode EXTENSION = XmlNode.builder("urn:x-other", "thing").attribute("a", "<&\">").text("]]> & é").build();

    private Documents() {
    }

    static RegInfo reg() {
        Contact all = Contact.of("76", true, Event.SHORTENED, "sip:joe@pc887.example.com;x=<&>").withTimes(3600L, 12L).withRegister("call@x", 17L,
                "0.8", "Joe \"the\" <Doe>", Map.of("+sip.instance", "\"<urn:uuid:1>\""));
        return new RegInfo(4_294_967_295L, false, List.of(
                new Registration("sip:joe@example.com", "a", RegInfo.State.ACTIVE, List.of(all, all.terminated(Event.PROBATION)), List.of(EXTENSION),
                List.of()), new Registration("sip:init@example.com", "b", RegInfo.State.INIT, List.of()),
                new Registration("sip:gone@example.com", "c", RegInfo.State.TERMINATED, List.of(Contact.of("x", false, Event.UNREGISTERED,
                "sip:a@b")))));
    }

    static DialogInfo dialog() {
        Party party = new Party(new Address("sip:a@b", "A & B"), "sip:a@10.0.0.1:5062;transport=tcp", Map.of("+sip.rendering", "no"),
                new SessionDescription("application/sdp", "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\n"), 12L, List.of(EXTENSION));
        Dialog all = new Dialog("id\"1", "call<1>", "lt", "rt", DialogInfo.Direction.RECIPIENT, DialogInfo.State.TERMINATED,
                DialogInfo.Event.LOCAL_BYE, 487,
                60L, new Replaces("c", "l", "r"), new Address("sip:bob@b", null), List.of("<sip:p1;lr>", "<sip:p2;lr>"), party,
                Party.of("sip:c@d", null, null), List.of(EXTENSION));
        return new DialogInfo(0, true, "sip:a@b", List.of(all, Dialog.of("2", DialogInfo.State.TRYING)), List.of(EXTENSION), List.of());
    }

    static Presence presence() {
        return new Presence("pres:a@b", List.of(new Tuple("t1", Presence.Basic.OPEN, List.of(EXTENSION), "sip:a@c", "0.5", List.of(EXTENSION),
                List.of(new Presence.Note("hi", "en")), "2026-01-02T03:04:05Z"), Tuple.of("t2", null, null)), List.of(new Presence.Note("x", null)),
                List.of(EXTENSION));
    }

    static ConferenceInfo conference() {
        StateMerge.Applied merge = (StateMerge.Applied) EventPackages.of("conference").merge(null, ConferenceInfo.TYPE,
                ConferencePackageTest.doc(3, "full", """
                <conference-description><display-text>x</display-text><subject>s</subject><keywords>a
                b</keywords><conf-uris><entry><uri>sip:c@x</uri></entry>
                </conf-uris><maximum-user-count>9</maximum-user-count><available-media><entry
                label="1"><type>audio</type></entry></available-media>
                </conference-description><host-info><display-text>h</display-text></host-info>
                <conference-state><user-count>1</user-count></conference-state>
                <users><user
                entity="sip:a@b"><associated-aors><entry><uri>mailto:a@b</uri></entry></associated-aors><roles><entry>participant</entry></roles>
                <languages>en fr</languages><endpoint
                entity="sip:a@p"><referred><when>2026-01-02T03:04:05Z</when></referred><status>connected</status>
                <joining-method>dialed-in</joining-method><media
                id="1"><type>audio</type><status>sendrecv</status></media><call-info><sip><call-id>c</call-id>
                <from-tag>f</from-tag><to-tag>t</to-tag></sip></call-info></endpoint></user></users>""").getBytes(StandardCharsets.UTF_8));
        return (ConferenceInfo) merge.full();
    }

    static ListNotification list() {
        return new ListNotification("sip:team@x", 4_294_967_295L, false, List.of(new ListNotification.Name("Team", "en"),
                new ListNotification.Name("T", null)),
                List.of(new ListNotification.Resource("sip:a@b", List.of(new ListNotification.Name("A", null)), List.of(
                        new ListNotification.Instance("1", ListNotification.State.ACTIVE, null, "a@x"),
                        new ListNotification.Instance("2", ListNotification.State.TERMINATED, "noresource", null))),
                        new ListNotification.Resource("sip:c@d", List.of(), List.of())),
                Map.of("a@x", new ListNotification.Part(RegInfo.TYPE, reg().document().getBytes(StandardCharsets.UTF_8), null)));
    }

    static ResourceLists resources() {
        return new ResourceLists(List.of(new ResourceLists.Entry("sip:a@b", "A & B"), new ResourceLists.Entry("tel:+44", null)));
    }

    /** Documents by media type. */
    static List<Map.Entry<String, String>> all() {
        return List.of(Map.entry(RegInfo.TYPE, reg().document()), Map.entry(DialogInfo.TYPE, dialog().document()), Map.entry(Presence.TYPE,
                presence().document()), Map.entry(ConferenceInfo.TYPE, conference().document()), Map.entry(ListNotification.TYPE, list().document()),
                Map.entry(ResourceLists.TYPE, resources().document()));
    }
}
