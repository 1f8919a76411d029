package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.DialogInfo.Direction;
import io.github.camelvoice.subscription.state.DialogInfo.Event;
import io.github.camelvoice.subscription.state.DialogInfo.Party;
import io.github.camelvoice.subscription.state.DialogInfo.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dialogs (RFC 4235). */
class DialogPackageTest {

    private static final EventPackage DIALOG = EventPackages.of("dialog;sla");

    private static String doc(int version, String state, String dialogs) {
        return "<?xml version=\"1.0\"?><dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + version + "\" state=\"" + state
                + "\" entity=\"sip:alice@example.com\">" + dialogs + "</dialog-info>";
    }

    private static String dialog(String id, String state) {
        return "<dialog id=\"" + id + "\"><state>" + state + "</state></dialog>";
    }

    private static StateMerge merge(EventState before, String document) {
        return DIALOG.merge(before, "application/dialog-info+xml;charset=UTF-8", document.getBytes(StandardCharsets.UTF_8));
    }

    private static StateMerge.Applied applied(EventState before, String document) {
        StateMerge merge = merge(before, document);
        assertThat(merge).isInstanceOf(StateMerge.Applied.class);
        return (StateMerge.Applied) merge;
    }

    private static List<String> ids(EventState state) {
        return ((DialogInfo) state).dialogs().stream().map(each -> each.id() + " " + each.state()).toList();
    }

    @Test
    void aDialogIsReadWithAllOfIt() {
        DialogInfo full = (DialogInfo) applied(null, doc(0, "full", """
                <dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774" remote-tag="456887766" direction="initiator">
                  <state event="rejected" code="486">confirmed</state>
                  <duration>274</duration>
                  <replaces call-id="hg287s98s89" local-tag="hj98dj" remote-tag="8asd89ayd"/>
                  <referred-by display="Bob">sip:bob@example.com</referred-by>
                  <route-set><hop>sip:proxy.example.com;lr</hop></route-set>
                  <local>
                    <identity display="Alice">sip:alice@example.com</identity>
                    <target uri="sip:alice@pc33.example.com"><param pname="+sip.rendering" pval="no"/></target>
                    <session-description type="application/sdp">v=0</session-description>
                    <cseq>7</cseq>
                  </local>
                  <remote><identity>sip:bob@example.com</identity><target uri="sip:bill@bobster.example.org"/></remote>
                  <sa:appearance xmlns:sa="urn:ietf:params:xml:ns:sa-dialog-info">2</sa:appearance>
                </dialog>""")).full();
        Dialog dialog = full.dialogs().get(0);
        assertThat(dialog.state()).isEqualTo(State.CONFIRMED);
        assertThat(dialog.event()).isEqualTo(Event.REJECTED);
        assertThat(dialog.code()).isEqualTo(486);
        assertThat(dialog.duration()).isEqualTo(274);
        assertThat(dialog.replaces().callId()).isEqualTo("hg287s98s89");
        assertThat(dialog.local().targetParameters()).containsEntry("+sip.rendering", "no");
        assertThat(dialog.extensions().get(0).text()).isEqualTo("2");
        assertThat(applied(null, full.document()).full()).isEqualTo(full);
    }

    @Test
    void aDialogComesAndGoes() {
        EventState idle = applied(null, doc(0, "full", "")).full();
        StateMerge.Applied ringing = applied(idle, doc(1, "partial", dialog("a", "early")));
        assertThat(ids(ringing.full())).containsExactly("a EARLY");
        StateMerge.Applied second = applied(ringing.full(), doc(2, "partial", dialog("b", "trying")));
        assertThat(ids(second.full())).containsExactly("a EARLY", "b TRYING");
        assertThat(ids(second.changed())).containsExactly("b TRYING");
        StateMerge.Applied over = applied(second.full(), doc(3, "partial", dialog("a", "terminated")));
        assertThat(ids(over.full())).containsExactly("b TRYING");
        assertThat(ids(over.changed())).containsExactly("a TERMINATED");
        assertThat(over.full().document()).contains("version=\"3\"", "state=\"full\"").doesNotContain("id=\"a\"");
        assertThat(over.changed().document()).contains("state=\"partial\"", "terminated");
    }

    @Test
    void whoSaysTerminatedAgainAndAgainIsHeardOnce() {
        StateMerge.Applied first = applied(null, doc(0, "full", dialog("2001", "terminated")));
        assertThat(first.isNew()).isTrue();
        StateMerge.Applied again = applied(first.full(), doc(1, "full", dialog("2001", "terminated")));
        assertThat(again.isNew()).isFalse();
        StateMerge.Applied busy = applied(again.full(), doc(2, "full", dialog("2001", "confirmed")));
        assertThat(busy.isNew()).isTrue();
        StateMerge.Applied over = applied(busy.full(), doc(3, "full", dialog("2001", "terminated")));
        assertThat(over.isNew()).isTrue();
        assertThat(applied(over.full(), doc(3, "full", dialog("2001", "terminated"))).isNew()).isFalse();
    }

    @Test
    void whatWeWriteOfOurOwnCallsIsRead() {
        Dialog dialog = Dialog.of("c1", State.CONFIRMED).withCall("call@host", "lt", "rt", Direction.RECIPIENT).withDuration(3L)
                .withParties(Party.of("sip:alice@example.com", null, "sip:alice@10.0.0.1"), Party.of("sip:bob@example.com", "Bob & <Co>", null));
        DialogInfo info = new DialogInfo(7, false, "sip:alice@example.com", List.of(dialog));
        assertThat(applied(null, info.document()).full()).isEqualTo(info);
        assertThat(info.values().toString()).isEqualTo("{version=7, state=full, entity=sip:alice@example.com, dialogs=[{id=c1, callId=call@host, "
                + "localTag=lt, "
                + "remoteTag=rt, direction=recipient, state=confirmed, duration=3, local={identity={uri=sip:alice@example.com}, "
                + "target=sip:alice@10.0.0.1}, remote={identity={uri=sip:bob@example.com, display=Bob & <Co>}}}]}");
    }

    @Test
    void aLostDocumentIsAGapAndFullStateHealsIt() {
        EventState first = applied(null, doc(0, "full", dialog("a", "early"))).full();
        StateMerge.Gap gap = (StateMerge.Gap) merge(first, doc(2, "partial", dialog("c", "early")));
        assertThat(ids(gap.full())).containsExactly("a EARLY", "c EARLY");
        StateMerge.Applied healed = applied(gap.full(), doc(3, "full", dialog("b", "early") + dialog("c", "early")));
        assertThat(ids(healed.full())).containsExactly("b EARLY", "c EARLY");
        assertThat(ids(healed.changed())).containsExactly("b EARLY", "a TERMINATED");
    }

    @Test
    void whatTheLastDocumentCalledOverIsRemembered() {
        StringBuilder over = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            over.append(dialog("d" + i, "terminated"));
        }
        EventState first = applied(null, doc(0, "full", over.toString())).full();
        assertThat(applied(first, doc(1, "full", over.toString())).isNew()).isFalse();
    }

    @Test
    void whoInventsDialogsForEverIsRefused() {
        EventState state = applied(null, doc(0, "full", "")).full();
        StateMerge merge = null;
        for (int version = 1; version <= 6; version++) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 1_000; i++) {
                many.append(dialog(version + "-" + i, "early"));
            }
            merge = merge(state, doc(version, "partial", many.toString()));
            state = merge instanceof StateMerge.Applied applied ? applied.full() : state;
        }
        assertThat(merge).isEqualTo(new StateMerge.Broken("document: more than 5000 at one time"));
        assertThat(ids(state)).hasSize(5_000);
    }

    @Test
    void versionsWrapAfterTheLargest() {
        EventState largest = applied(null, doc(0, "full", "").replace("version=\"0\"", "version=\"4294967295\"")).full();
        assertThat(merge(largest, doc(0, "partial", dialog("a", "early")))).isInstanceOf(StateMerge.Applied.class);
        EventState signed = applied(null, doc(Integer.MAX_VALUE, "full", "")).full();
        assertThat(merge(signed, doc(0, "partial", dialog("a", "early")))).isInstanceOf(StateMerge.Applied.class);
    }
}
