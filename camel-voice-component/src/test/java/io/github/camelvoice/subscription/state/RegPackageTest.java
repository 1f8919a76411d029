package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.state.RegInfo.Contact;
import io.github.camelvoice.subscription.state.RegInfo.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Registrations (RFC 3680). */
class RegPackageTest {

    private static final EventPackage REG = EventPackages.of("reg");

    private static String doc(int version, String state, String contacts) {
        return "<?xml version=\"1.0\"?>\n<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"" + version + "\" state=\"" + state + "\">\n"
                + "  <registration aor=\"sip:bill@example.com\" id=\"a7\" state=\"active\">\n" + contacts + "  </registration>\n</reginfo>";
    }

    private static String contact(String id, String state, String event, int since) {
        return "<contact id=\"" + id + "\" state=\"" + state + "\" event=\"" + event + "\" duration-registered=\"" + since + "\" expires=\""
                + (4000 - since) + "\"><uri>sip:bill@" + id + ".example.com</uri></contact>";
    }

    private static StateMerge merge(EventState before, String document) {
        return REG.merge(before, "application/reginfo+xml", document.getBytes(StandardCharsets.UTF_8));
    }

    private static StateMerge.Applied applied(EventState before, String document) {
        StateMerge merge = merge(before, document);
        assertThat(merge).isInstanceOf(StateMerge.Applied.class);
        return (StateMerge.Applied) merge;
    }

    private static List<String> contacts(EventState state) {
        return ((RegInfo) state).registrations().stream().flatMap(each -> each.contacts().stream()).map(Contact::id).toList();
    }

    @Test
    void aFullDocumentIsRead() {
        StateMerge.Applied merge = applied(null, """
                <?xml version="1.0"?>
                <reginfo xmlns="urn:ietf:params:xml:ns:reginfo" xmlns:gr="urn:ietf:params:xml:ns:gruuinfo" version="0" state="full">
                  <registration aor="sip:joe@example.com" id="as9" state="active">
                    <contact id="76" state="active" event="registered" duration-registered="7322" expires="3600" q="0.80" callid="abc@x" cseq="17">
                      <uri>sip:joe@pc887.example.com</uri>
                      <display-name xml:lang="en">Joe</display-name>
                      <unknown-param name="+sip.instance">"&lt;urn:uuid:f81d&gt;"</unknown-param>
                      <gr:pub-gruu uri="sip:joe@example.com;gr=urn:uuid:f81d"/>
                    </contact>
                    <contact id="77" state="terminated" event="expired" retry-after="9"><uri>sip:joe@university.edu</uri></contact>
                  </registration>
                </reginfo>
                """);
        assertThat(merge.isNew()).isTrue();
        RegInfo full = (RegInfo) merge.full();
        Contact contact = full.registrations().get(0).contacts().get(0);
        assertThat(contact.event()).isEqualTo(Event.REGISTERED);
        assertThat(contact.uri()).isEqualTo("sip:joe@pc887.example.com");
        assertThat(contact.parameters()).isEqualTo(Map.of("+sip.instance", "\"<urn:uuid:f81d>\""));
        assertThat(contact.publicGruu()).isEqualTo("sip:joe@example.com;gr=urn:uuid:f81d");
        assertThat(contacts(full)).as("who is gone is told, and no part of what is").containsExactly("76");
        assertThat(contacts(merge.changed())).containsExactly("76", "77");
        assertThat(applied(null, full.document()).full()).as("what is written reads the same").isEqualTo(new RegInfo(0, false,
                List.of(new RegInfo.Registration("sip:joe@example.com", "as9", RegInfo.State.ACTIVE, List.of(contact)))));
    }

    @Test
    void partialDocumentsChangeWhatTheyName() {
        EventState first = applied(null, doc(0, "full", contact("1", "active", "registered", 10) + contact("2", "active", "created", 10))).full();
        StateMerge.Applied second = applied(first, doc(1, "partial", contact("3", "active", "registered", 0)));
        assertThat(contacts(second.full())).containsExactly("1", "2", "3");
        assertThat(contacts(second.changed())).containsExactly("3");
        StateMerge.Applied third = applied(second.full(), doc(2, "partial", contact("1", "terminated", "expired", 99)));
        assertThat(contacts(third.full())).containsExactly("2", "3");
        assertThat(contacts(third.changed())).containsExactly("1");
        assertThat(third.isNew()).isTrue();
    }

    @Test
    void theAnswerToARefreshIsNoChange() {
        EventState first = applied(null, doc(0, "full", contact("1", "active", "registered", 10) + contact("2", "terminated", "expired", 10))).full();
        StateMerge.Applied again = applied(first, doc(1, "full", contact("1", "active", "registered", 900) + contact("2", "terminated", "expired",
                900)));
        assertThat(again.isNew()).isFalse();
        assertThat(((RegInfo) again.full()).registrations().get(0).contacts().get(0).durationRegistered()).isEqualTo(900);
        assertThat(again.full().version()).isEqualTo(1);
        StateMerge.Applied renewed = applied(again.full().unversioned(), doc(0, "full", contact("1", "active", "registered", 950)));
        assertThat(renewed.isNew()).as("a new subscription that finds the same").isFalse();
    }

    @Test
    void whoIsMissingInAFullDocumentIsGone() {
        EventState first = applied(null, doc(0, "full", contact("1", "active", "registered", 1) + contact("2", "active", "registered", 1))).full();
        StateMerge.Applied next = applied(first, doc(1, "full", contact("2", "active", "registered", 1)));
        assertThat(contacts(next.full())).containsExactly("2");
        Contact gone = ((RegInfo) next.changed()).registrations().get(0).contacts().get(0);
        assertThat(gone.id()).isEqualTo("1");
        assertThat(gone.active()).isFalse();
    }

    @Test
    void versionsAreInOrder() {
        EventState first = applied(null, doc(5, "full", contact("1", "active", "registered", 1))).full();
        assertThat(merge(first, doc(4, "full", ""))).isEqualTo(new StateMerge.Stale(4));
        assertThat(merge(first, doc(5, "partial", contact("2", "active", "registered", 1)))).isEqualTo(new StateMerge.Stale(5));
        assertThat(merge(first, doc(8, "partial", contact("2", "active", "registered", 1)))).isInstanceOfSatisfying(StateMerge.Gap.class, gap -> {
            assertThat(gap.expected()).isEqualTo(6);
            assertThat(gap.version()).isEqualTo(8);
            assertThat(contacts(gap.full())).containsExactly("1", "2");
            assertThat(merge(gap.full(), doc(9, "partial", ""))).as("one gap is one gap").isInstanceOf(StateMerge.Applied.class);
        });
        assertThat(merge(first, doc(9, "full", ""))).as("full state needs no base").isInstanceOf(StateMerge.Applied.class);
        assertThat(merge(null, doc(1, "partial", contact("76", "active", "registered", 0)))).isInstanceOf(StateMerge.Gap.class);
    }

    @Test
    void whatIsBrokenIsNamed() {
        assertBroken(doc(0, "half", ""), "/reginfo (line 2, column 74): state is neither full nor partial");
        assertBroken(doc(0, "full", "").replace("version=\"0\" ", ""), "/reginfo", "has no version");
        assertBroken(doc(0, "full", "").replace(":reginfo", ":dialog-info"), "/reginfo", "is not in the namespace urn:ietf:params:xml:ns:reginfo");
        assertBroken(doc(0, "full", contact("1", "active", "registered", 1)
                + "<contact id='3' state='active' event='sung'><uri>sip:x</uri></contact>"),
                "/reginfo/registration/contact[2]", "line 4", "event is none of those of its RFC");
        assertBroken(doc(0, "full", "<contact id='3' state='active' event='created'/>"), "has no <uri>");
        assertBroken(doc(0, "full", "").replace("version=\"0\"", "version=\"99999999999\""), "version is not a number from 0 to 4294967295");
    }

    private static void assertBroken(String document, String... parts) {
        assertThat(merge(null, document)).isInstanceOfSatisfying(StateMerge.Broken.class, broken -> assertThat(broken.why()).contains(parts));
    }

    @Test
    void otherBodiesChangeNothingOrAreKept() {
        EventState first = applied(null, doc(0, "full", contact("1", "active", "registered", 10))).full();
        assertThat(REG.merge(first, null, new byte[0])).as("nothing known any more").isEqualTo(new StateMerge.Applied(OpaqueState.EMPTY,
                OpaqueState.EMPTY, true));
        assertThat(REG.merge(OpaqueState.EMPTY, null, new byte[0])).isEqualTo(new StateMerge.Applied(OpaqueState.EMPTY, OpaqueState.EMPTY, false));
        assertThat(REG.merge(null, null, new byte[0])).isEqualTo(new StateMerge.Applied(OpaqueState.EMPTY, OpaqueState.EMPTY, false));
        assertThat(REG.merge(null, "text/plain", "hello".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new StateMerge.Applied(new OpaqueState("text/plain", "hello"), new OpaqueState("text/plain", "hello"), true));
    }
}
