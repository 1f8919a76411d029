package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.subscription.state.ListNotification.Instance;
import io.github.camelvoice.subscription.state.ListNotification.Name;
import io.github.camelvoice.subscription.state.ListNotification.Order;
import io.github.camelvoice.subscription.state.ListNotification.Part;
import io.github.camelvoice.subscription.state.ListNotification.Resource;
import io.github.camelvoice.subscription.state.ListNotification.State;
import io.github.camelvoice.subscription.state.mime.MimeException;
import io.github.camelvoice.subscription.state.mime.Multipart;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications of lists (RFC 4662). */
class ListNotificationTest {

    private static final String TYPE = "multipart/related;type=\"application/rlmi+xml\";start=\"<list@x>\";boundary=\"50 UBfW7LSCVLtggUPe5z\"";
    private static final String RLMI = """
            <?xml version="1.0" encoding="UTF-8"?>
            <list xmlns="urn:ietf:params:xml:ns:rlmi" uri="sip:team@example.com" version="7" fullState="true">
              <name xml:lang="en">Team</name>
              <resource uri="sip:bob@example.com"><name>Bob</name>
                <instance id="juwigmtboe" state="active" cid="bob@x"/></resource>
              <resource uri="sip:dave@example.com">
                <instance id="hqzsuxtfyq" state="terminated" reason="noresource"/></resource>
              <resource uri="sip:joe@example.com"><instance id="a" state="active" cid="lost@x"/><instance id="b" state="odd"/></resource>
              <resource uri="sip:new@example.com"/>
            </list>""";
    private static final String PIDF = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:bob@example.com\"/>";

    private static String part(String id, String type, String encoding, String body) {
        return "--50 UBfW7LSCVLtggUPe5z\nContent-Transfer-Encoding: " + encoding + "\nContent-ID: <" + id + ">\nContent-Type: " + type + "\n\n"
                + body + "\n";
    }

    private static String body(String... parts) {
        return "preamble\n--not it\n" + String.join("", parts) + "--50 UBfW7LSCVLtggUPe5z--\nepilogue\n--50 UBfW7LSCVLtggUPe5z\n";
    }

    private static ListNotification read(String body) throws MimeException {
        return ListNotification.read(TYPE, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aListIsReadWithItsParts(String lineBreak) throws MimeException {
        ListNotification list = read(body(part("bob@x", "application/pidf+xml;charset=\"UTF-8\"", "binary", PIDF), part("list@x",
                "application/rlmi+xml", "8bit", RLMI)).replace("\n", lineBreak));
        assertThat(list.uri()).isEqualTo("sip:team@example.com");
        assertThat(list.version()).isEqualTo(7);
        assertThat(list.fullState()).isTrue();
        assertThat(list.names()).containsExactly(new Name("Team", "en"));
        Resource bob = list.resources().get(0);
        assertThat(bob.displayName()).isEqualTo("Bob");
        assertThat(list.part(bob.instances().get(0)).body()).asString(StandardCharsets.UTF_8).isEqualTo(PIDF);
        assertThat(list.resources().get(1).instances()).containsExactly(new Instance("hqzsuxtfyq", State.TERMINATED, "noresource", null));
        assertThat(list.part(list.resources().get(2).instances().get(0))).as("a part that did not come").isNull();
        assertThat(list.resources().get(2).instances().get(1).state()).as("a state that is not known").isEqualTo(State.ACTIVE);
        assertThat(list.resources().get(3).instances()).isEmpty();
    }

    @Test
    void partsAreDecoded() throws MimeException {
        String base64 = Base64.getMimeEncoder(20, new byte[] {'\r', '\n'}).encodeToString(PIDF.getBytes(StandardCharsets.UTF_8));
        ListNotification list = read(body(part("list@x", "application/rlmi+xml", "quoted-printable", RLMI.replace("=", "=3D").replace("<name>",
                "<=\nname>")), part("bob@x", "application/pidf+xml", "BASE64", base64)));
        assertThat(list.parts().get("bob@x").body()).asString(StandardCharsets.UTF_8).isEqualTo(PIDF);
        assertThat(list.resources().get(0).displayName()).isEqualTo("Bob");
    }

    @Test
    void listsAreInLists() throws MimeException {
        ListNotification inner = new ListNotification("sip:inner@x", 0, true, List.of(), List.of(new Resource("sip:a@x", List.of(),
                List.of(new Instance("1", State.ACTIVE, null, "a@x")))), Map.of("a@x", new Part("text/plain", "hi".getBytes(), null)));
        ListNotification outer = new ListNotification("sip:outer@x", 3, false, List.of(), List.of(new Resource("sip:inner@x", List.of(),
                List.of(new Instance("1", State.ACTIVE, null, "in@x")))), Map.of("in@x", new Part("", new byte[0], inner)));
        Multipart.Written written = outer.write("us.example");
        ListNotification read = ListNotification.read(written.contentType(), written.body());
        assertThat(read.resources()).isEqualTo(outer.resources());
        ListNotification again = read.parts().get("in@x").nested();
        assertThat(again.resources()).isEqualTo(inner.resources());
        assertThat(again.parts().get("a@x").body()).asString(StandardCharsets.UTF_8).isEqualTo("hi");
    }

    @Test
    void nestingHasAnEnd() {
        ListNotification list = new ListNotification("sip:x", 0, true, List.of(), List.of(), Map.of());
        for (int i = 0; i < 5; i++) {
            list = new ListNotification("sip:x", 0, true, List.of(), List.of(), Map.of("p" + i, new Part("", new byte[0], list)));
        }
        Multipart.Written written = list.write("x");
        assertThatThrownBy(() -> ListNotification.read(written.contentType(), written.body())).isInstanceOf(MimeException.class)
                .hasMessage("lists are nested deeper than 4");
    }

    @Test
    void aBoundaryIsNeverInAPart() throws MimeException {
        String nasty = "--part-2\r\n--part-2--\r\n--part-4f";
        ListNotification list = new ListNotification("sip:x", 0, true, List.of(), List.of(), Map.of("p@x",
                new Part("text/plain\r\nX: y", nasty.getBytes(), null)));
        Multipart.Written written = list.write("x");
        Part part = ListNotification.read(written.contentType(), written.body()).parts().get("p@x");
        assertThat(part.body()).asString(StandardCharsets.UTF_8).isEqualTo(nasty);
        assertThat(part.contentType()).isEqualTo("text/plainX: y");
    }

    @Test
    void whatIsMalformedIsRefused() {
        String root = part("list@x", "application/rlmi+xml", "binary", RLMI);
        assertRefused(body(part("other@x", "application/rlmi+xml", "binary", RLMI)), "the start part is missing");
        assertRefused(body(part("list@x", "application/pidf+xml", "binary", PIDF)), "its root is not application/rlmi+xml");
        assertRefused("--50 UBfW7LSCVLtggUPe5z--\n", "the body has no parts");
        assertRefused("no boundary at all", "the boundary is nowhere in the body");
        assertRefused(root, "the body ends without its last boundary");
        assertRefused(body(root, part("bob@x", "text/plain", "base64", "A")), "part 2 is not base64");
        assertRefused(body(root, part("bob@x", "text/plain", "uuencode", "!")), "part 2 has a transfer encoding that is not known");
        assertRefused(body(part("list@x", "application/rlmi+xml", "binary", RLMI.replace("version=\"7\"", "version=\"-7\""))),
                "/list (line 2, column 100): version is not a number from 0 to 4294967295");
        assertRefused(body(part("list@x" + "x".repeat(9_000), "application/rlmi+xml", "binary", RLMI)), "part 1 has headers of more than 8192 bytes");
        assertRefused(body((part("a@x", "text/plain", "binary", "") + "").repeat(10_001)), "more than 10000 parts");
        assertThatThrownBy(() -> ListNotification.read("multipart/related;boundary=\"\"",
                root.getBytes())).hasMessage("the boundary is missing or malformed");
        assertThatThrownBy(() -> ListNotification.read("multipart/related", root.getBytes())).hasMessage("the boundary is missing or malformed");
    }

    private static void assertRefused(String body, String why) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(MimeException.class).hasMessage(why);
    }

    @Test
    void versionsAreInOrder() {
        ListNotification partial = new ListNotification("sip:x", 7, false, List.of(), List.of(), Map.of());
        assertThat(partial.order(6)).isEqualTo(Order.NEXT);
        assertThat(partial.order(7)).isEqualTo(Order.STALE);
        assertThat(partial.order(5)).isEqualTo(Order.GAP);
        assertThat(partial.order(-1)).isEqualTo(Order.GAP);
        assertThat(new ListNotification("sip:x", 7, true, List.of(), List.of(), Map.of()).order(-1)).isEqualTo(Order.NEXT);
    }

    @Test
    void oneIsRecognised() {
        assertThat(ListNotification.isOne(TYPE)).isTrue();
        assertThat(ListNotification.isOne("application/rlmi+xml;charset=utf-8")).isTrue();
        assertThat(ListNotification.isOne("multipart/related;type=\"text/html\";boundary=x")).isFalse();
        assertThat(ListNotification.isOne("application/pidf+xml")).isFalse();
        assertThat(ListNotification.isOne(null)).isFalse();
    }
}
