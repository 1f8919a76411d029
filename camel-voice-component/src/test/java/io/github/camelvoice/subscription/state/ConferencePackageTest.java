package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelvoice.subscription.state.ConferenceInfo.Direction;
import io.github.camelvoice.subscription.state.ConferenceInfo.Endpoint;
import io.github.camelvoice.subscription.state.ConferenceInfo.Joining;
import io.github.camelvoice.subscription.state.ConferenceInfo.Leaving;
import io.github.camelvoice.subscription.state.ConferenceInfo.Media;
import io.github.camelvoice.subscription.state.ConferenceInfo.Part;
import io.github.camelvoice.subscription.state.ConferenceInfo.Status;
import io.github.camelvoice.subscription.state.ConferenceInfo.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conferences (RFC 4575). */
class ConferencePackageTest {

    static final String FIRST = doc(1, "full", """
            <conference-description><subject>Agenda: this month's goals</subject>
              <service-uris><entry><uri>http://sharepoint/salesgroup/</uri><purpose>web-page</purpose></entry></service-uris></conference-description>
            <conference-state><user-count>2</user-count><locked>false</locked></conference-state>
            <users>
              <user entity="sip:bob@example.com"><display-text>Bob Hoskins</display-text><roles><entry>participant</entry></roles>
                <endpoint entity="sip:bob@pc33.example.com"><display-text>Bob's Laptop</display-text><status>disconnected</status>
                  <disconnection-method>departed</disconnection-method></endpoint></user>
              <user entity="sip:alice@example.com"><display-text>Alice</display-text>
                <endpoint entity="sip:4kfk4j392jsu@example.com;grid=433kj4j3u"><status>connected</status><joining-method>dialed-out</joining-method>
                  <media id="1"><display-text>main audio</display-text><type>audio</type><label>34567</label><src-id>432424</src-id>
                    <status>sendrecv</status></media>
                  <media id="2"><type>video</type></media></endpoint></user>
            </users>""");

    static String doc(int version, String state, String content) {
        return "<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"sips:conf233@example.com\" state=\"" + state
                + "\" version=\""
                + version + "\">" + content + "</conference-info>";
    }

    private static StateMerge merge(EventState before, String document) {
        return EventPackages.of("conference").merge(before, "application/conference-info+xml", document.getBytes(StandardCharsets.UTF_8));
    }

    private static StateMerge.Applied applied(EventState before, String document) {
        StateMerge merge = merge(before, document);
        assertThat(merge).isInstanceOf(StateMerge.Applied.class);
        return (StateMerge.Applied) merge;
    }

    private static ConferenceInfo full(StateMerge.Applied merge) {
        return (ConferenceInfo) merge.full();
    }

    @Test
    void aConferenceIsRead() {
        StateMerge.Applied merge = applied(null, FIRST);
        ConferenceInfo info = full(merge);
        assertThat(merge.isNew()).isTrue();
        assertThat(info.subject()).isEqualTo("Agenda: this month's goals");
        assertThat(info.locked()).isFalse();
        assertThat(info.active()).isNull();
        assertThat(info.userCount()).isEqualTo(2);
        assertThat(info.users()).containsExactly(
                new User("sip:bob@example.com", "Bob Hoskins", List.of("participant"), List.of(new Endpoint("sip:bob@pc33.example.com",
                "Bob's Laptop", Status.DISCONNECTED, null, Leaving.DEPARTED, List.of())), false),
                new User("sip:alice@example.com", "Alice", List.of(), List.of(new Endpoint("sip:4kfk4j392jsu@example.com;grid=433kj4j3u", null,
                        Status.CONNECTED, Joining.DIALED_OUT, null, List.of(new Media("1", "audio", "34567", "432424", Direction.SENDRECV),
                                new Media("2", "video", null, null, null)))), false));
        assertThat(applied(null, info.document()).full()).isEqualTo(info);
        assertThat(applied(info, FIRST).isNew()).as("the same again").isFalse();
    }

    @Test
    void partialElementsChangeWhatTheyName() {
        StateMerge.Applied muted = applied(full(applied(null, FIRST)), doc(2, "partial", """
                <users state="partial"><user entity="sip:alice@example.com" state="partial">
                  <endpoint entity="sip:4kfk4j392jsu@example.com;grid=433kj4j3u" state="partial">
                    <media id="1"><type>audio</type><status>recvonly</status></media></endpoint></user></users>"""));
        ConferenceInfo info = full(muted);
        assertThat(info.subject()).as("what is not named stays").isEqualTo("Agenda: this month's goals");
        assertThat(info.users()).hasSize(2);
        Endpoint alice = info.users().get(1).endpoints().get(0);
        assertThat(alice.status()).isEqualTo(Status.CONNECTED);
        assertThat(alice.media()).containsExactly(new Media("1", "audio", null, null, Direction.RECVONLY), new Media("2", "video", null, null, null));
        ConferenceInfo changed = (ConferenceInfo) muted.changed();
        assertThat(changed.part()).isEqualTo(Part.PARTIAL);
        assertThat(changed.users()).extracting(User::entity).containsExactly("sip:alice@example.com");
        assertThat(changed.subject()).isNull();
    }

    @Test
    void usersComeAndGo() {
        ConferenceInfo first = full(applied(null, FIRST));
        StateMerge.Applied next = applied(first, doc(2, "partial", """
                <users state="partial"><user entity="sip:bob@example.com" state="deleted"/><user entity="sip:carl@example.com" state="full"/></users>
                <conference-state><user-count>2</user-count><active>true</active></conference-state>"""));
        assertThat(full(next).users()).extracting(User::entity).containsExactly("sip:alice@example.com", "sip:carl@example.com");
        assertThat(full(next).active()).isTrue();
        assertThat(full(next).locked()).as("an element without a state of its own is replaced").isNull();
        assertThat(((ConferenceInfo) next.changed()).users()).extracting(User::entity, User::gone).containsExactly(
                tuple("sip:carl@example.com", false), tuple("sip:bob@example.com", true));
        ConferenceInfo again = full(applied(first, next.changed().document()));
        assertThat(again.users()).as("what changed is a document that says the same").isEqualTo(full(next).users());
    }

    @Test
    void aConferenceEnds() {
        StateMerge.Applied over = applied(full(applied(null, FIRST)), doc(2, "deleted", ""));
        assertThat(over.isNew()).isTrue();
        assertThat(full(over).part()).isEqualTo(Part.DELETED);
        assertThat(full(over).users()).isEmpty();
        assertThat(over.full().document()).contains("state=\"deleted\"", "version=\"2\"");
        assertThat(applied(over.full(), doc(3, "deleted", "")).isNew()).isFalse();
        assertThat(full(applied(over.full(), doc(3, "full", "<users><user entity='sip:a@b'/></users>"))).users()).hasSize(1);
    }

    @Test
    void versionsAreInOrder() {
        ConferenceInfo first = full(applied(null, FIRST));
        assertThat(merge(first, doc(0, "partial", ""))).isEqualTo(new StateMerge.Stale(0));
        assertThat(merge(first, doc(3, "partial",
                "<users state='partial'><user entity='sip:d@b'/></users>"))).isInstanceOfSatisfying(StateMerge.Gap.class,
                gap -> assertThat(((ConferenceInfo) gap.full()).users()).hasSize(3));
        assertThat(merge(first, doc(2, "some", ""))).isEqualTo(new StateMerge.Broken(
                "/conference-info (line 1, column 124): state is neither full nor partial nor deleted"));
        assertThat(applied(first, doc(9, "full", "").replace("version=\"9\"", "")).full().version()).isEqualTo(-1);
    }
}
