package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.subscription.state.MessageSummary.Counts;
import io.github.camelvoice.subscription.state.Presence.Basic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Packages whose every document is the whole state: message-summary (RFC 3842), presence (RFC 3863), refer (RFC 3515). */
class WholePackagesTest {

    private static StateMerge merge(String event, EventState before, String type, String body) {
        return EventPackages.of(event).merge(before, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static StateMerge summary(EventState before, String body) {
        return merge("message-summary", before, "application/simple-message-summary", body);
    }

    private static EventState full(StateMerge merge) {
        assertThat(merge).isInstanceOf(StateMerge.Applied.class);
        return ((StateMerge.Applied) merge).full();
    }

    @Test
    void aSummaryIsReadAndWritten() {
        String text = """
                Messages-Waiting: yes
                Message-Account: sip:alice@vmail.example.com
                Voice-Message: 4/8 (1/2)
                fax-message:1/0
                 (0/0)

                To: <alice@atlanta.example.com>
                Subject: carpool
                 tomorrow?

                From: <cathy@example.com>
                """;
        StateMerge.Applied merge = (StateMerge.Applied) summary(null, text.replace("\n", "\r\n"));
        MessageSummary summary = (MessageSummary) merge.full();
        assertThat(summary.waiting()).isTrue();
        assertThat(summary.account()).isEqualTo("sip:alice@vmail.example.com");
        assertThat(summary.counts()).isEqualTo(Map.of("voice-message", new Counts(4, 8, 1L, 2L), "fax-message", new Counts(1, 0, 0L, 0L)));
        assertThat(summary.messages()).containsExactly(Map.of("To", "<alice@atlanta.example.com>", "Subject", "carpool tomorrow?"),
                Map.of("From", "<cathy@example.com>"));
        assertThat(full(summary(null, summary.document()))).isEqualTo(summary);
        assertThat(summary(summary, text)).as("the same again").isEqualTo(new StateMerge.Applied(summary, summary, false));
        assertThat(summary.values().toString()).contains("messagesWaiting=true", "voice-message={new=4, old=8, newUrgent=1, oldUrgent=2}");
        assertThat(MessageSummary.voice("sip:a@b", 2,
                1).document()).isEqualTo("Messages-Waiting: yes\r\nMessage-Account: sip:a@b\r\nVoice-Message: 2/1\r\n");
    }

    @Test
    void aSummaryHasBounds() {
        assertBroken(summary(null, "Voice-Message: 1/2\r\n"), "line 1 is not Messages-Waiting");
        assertBroken(summary(null, "Messages-Waiting: maybe\r\n"), "Messages-Waiting is neither yes nor no");
        assertBroken(summary(null, "Messages-Waiting: yes\nVoice-Message: many\n"), "line 2 has no counts");
        assertBroken(summary(null, "Messages-Waiting: yes\nVoice-Message: 4294967296/0\n"), "line 2 has a count over 4294967295");
        assertBroken(summary(null, "Messages-Waiting: yes\nMessage-Account: sip:" + "a".repeat(1_500) + "@b\n"),
                "Message-Account has more than 1024 characters");
        assertBroken(summary(null, "Messages-Waiting: yes\nMessage-Account: sip:" + "a".repeat(60_000) + "@b\n"),
                "line 2 has more than 2048 characters");
        assertBroken(summary(null, "Messages-Waiting: yes\n" + "\nX: y\n".repeat(501)), "headers of more than 500 messages");
        assertBroken(summary(null, "Messages-Waiting: yes\n" + " ".repeat(66_000)), "more than 65536 bytes");
        StringBuilder classes = new StringBuilder("Messages-Waiting: no\n");
        for (int i = 0; i < 40; i++) {
            classes.append("x-").append(i).append(": 0/0\n");
        }
        assertBroken(summary(null, classes.toString()), "more than 32 kinds of messages");
        assertThat(full(summary(null, "Messages-Waiting: yes\nMessage-Account: sip:" + "a".repeat(600) + "@b\n"))).isInstanceOf(MessageSummary.class);
        assertThat(new MessageSummary(true, "sip:a@b\r\nVoice-Message: 9/9", Map.of(), List.of()).document()).doesNotContain("\nVoice");
    }

    private static void assertBroken(StateMerge merge, String why) {
        assertThat(merge).isEqualTo(new StateMerge.Broken(why));
    }

    @Test
    void presenceIsReadAndKept() {
        String text = """
                <?xml version="1.0" encoding="UTF-8"?>
                <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
                    xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="pres:someone@example.com">
                  <tuple id="bs35r9">
                    <status><basic>open</basic><rpid:x>1</rpid:x></status>
                    <contact priority="0.8">im:someone@mobilecarrier.example.net</contact>
                    <note xml:lang="en">Don't Disturb Please!</note>
                    <timestamp>2001-10-27T16:49:29Z</timestamp>
                  </tuple>
                  <tuple id="eg92n8"><status><basic>closed</basic></status></tuple>
                  <note>I'll be in Tokyo next week</note>
                  <dm:person id="p1"><rpid:activities><rpid:on-the-phone/><rpid:note>x</rpid:note><rpid:other>golf</rpid:other></rpid:activities>
                  </dm:person>
                </presence>""";
        Presence presence = (Presence) full(merge("presence", null, "application/pidf+xml", text));
        assertThat(presence.basic()).isEqualTo(Basic.OPEN);
        assertThat(presence.activities()).containsExactly("on-the-phone", "golf");
        assertThat(presence.tuples().get(0).contact()).isEqualTo("im:someone@mobilecarrier.example.net");
        assertThat(presence.notes()).containsExactly(new Presence.Note("I'll be in Tokyo next week", null));
        assertThat(presence.document()).contains("xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\"", "<rpid:on-the-phone/>", "xml:lang=\"en\"");
        assertThat(merge("presence", presence, "application/pidf+xml", presence.document())).isEqualTo(new StateMerge.Applied(presence, presence,
                false));
    }

    @Test
    void differencesOfPresenceWereNotAskedFor() {
        assertThat(EventPackages.of("presence").accept()).containsExactly("application/pidf+xml");
        assertBroken(merge("presence", null, "application/pidf-diff+xml", "<pidf-full/>"), "a difference of presence documents was not asked for");
        assertThat(merge("presence", null, "application/pidf+xml",
                "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='x'><tuple id='a'/></presence>"))
                .isEqualTo(new StateMerge.Broken("/presence/tuple (line 1, column 73): has no <status>"));
    }

    @Test
    void theProgressOfAReferIsAStatusLine() {
        ReferProgress progress = (ReferProgress) full(merge("refer;id=93809824", null, "message/sipfrag;version=2.0",
                "SIP/2.0 503 Service Unavailable\r\n"));
        assertThat(progress.code()).isEqualTo(503);
        assertThat(progress.phrase()).isEqualTo("Service Unavailable");
        assertThat(progress.isFinal()).isTrue();
        assertBroken(merge("refer", null, "message/sipfrag", "INVITE sip:x SIP/2.0\r\n"), "the fragment does not begin with a status line");
    }

    @Test
    void packagesAreFoundByTheirEvents() {
        assertThat(EventPackages.of(" Dialog;call-id=x").name()).isEqualTo("dialog");
        assertThat(EventPackages.of("presence.winfo").accept()).containsExactly("*/*");
        assertThat(EventPackages.of("reg").defaultExpires()).isEqualTo(3761);
        assertThatThrownBy(() -> EventPackages.of("a b")).isInstanceOf(IllegalArgumentException.class);
    }
}
