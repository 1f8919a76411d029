package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.subscription.state.ResourceLists.Entry;
import io.github.camelvoice.subscription.state.xml.XmlException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of resources (RFC 4826). */
class ResourceListsTest {

    private static String lists(String content) {
        return "<?xml version=\"1.0\"?>\n<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">\n" + content + "\n</resource-lists>";
    }

    @Test
    void listsInListsAreOneList() throws XmlException {
        ResourceLists lists = ResourceLists.read(lists("""
                <list name="friends">
                  <display-name>Friends</display-name>
                  <entry uri="sip:Bill@example.com"><display-name xml:lang="en">Bill Doe</display-name></entry>
                  <x:note xmlns:x="urn:x">not ours</x:note>
                  <list name="close"><entry uri="sip:joe@example.org"/><entry uri="SIP:Bill@EXAMPLE.com"/></list>
                  <entry uri="tel:+44123"/>
                </list>
                <list><entry uri="sip:bill@example.com"/></list>"""), 10);
        assertThat(lists.entries()).containsExactly(new Entry("sip:Bill@example.com", "Bill Doe"), new Entry("sip:joe@example.org", null),
                new Entry("tel:+44123", null), new Entry("sip:bill@example.com", null));
        assertThat(ResourceLists.read(lists.document(), 10)).isEqualTo(lists);
    }

    @Test
    void theTypeCounts() throws XmlException {
        byte[] bytes = lists("<list/>").getBytes(StandardCharsets.UTF_8);
        assertThat(ResourceLists.read("application/resource-lists+xml;charset=utf-8", bytes, 1).entries()).isEmpty();
        assertThatThrownBy(() -> ResourceLists.read("text/xml", bytes, 1)).hasMessage("document: is not application/resource-lists+xml");
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        assertRefused("<list>\n<entry/></list>", "/resource-lists/list/entry (line 4, column 9): has no uri");
        assertRefused("<list>\n<entry uri='a@b'/></list>", "/resource-lists/list/entry (line 4, column 19): uri is not a URI");
        assertRefused("<list><entry uri='sip:a b'/></list>", "uri is not a URI");
        assertRefused("<list><entry uri='sip:a'/><entry uri='sip:" + "x".repeat(1_100) + "'/></list>", "/list/entry[2] ");
        assertRefused("<list><entry-ref ref='x'/></list>", "/resource-lists/list/entry-ref (line 3",
                "references to other documents are not followed");
        assertRefused("<list><external anchor='http://x'/></list>", "/external (line 3", "references to other documents are not followed");
        assertRefused("<entry uri='sip:a@b'/>", "only <list> is allowed here");
        assertRefused("<list><foo/></list>", "is nothing that a list has");
        assertThatThrownBy(() -> ResourceLists.read(lists("").replace("resource-lists\"", "resource-list\""), 1)).isInstanceOf(XmlException.class)
                .hasMessageContaining("is not <resource-lists> of the namespace urn:ietf:params:xml:ns:resource-lists");
    }

    private static void assertRefused(String content, String... parts) {
        assertThatThrownBy(() -> ResourceLists.read(lists(content), 100)).isInstanceOfSatisfying(XmlException.class,
                e -> assertThat(e.getMessage()).contains(parts));
    }

    @Test
    void tooManyAreRefusedBeforeTheyAreAllRead() throws XmlException {
        StringBuilder many = new StringBuilder("<list>");
        for (int i = 0; i < 100_000; i++) {
            many.append("<entry uri=\"sip:u").append(i).append("@example.com\"/>\n");
        }
        String document = lists(many.append("</list>").toString());
        assertThatThrownBy(() -> ResourceLists.read(document, 10_000)).isInstanceOfSatisfying(XmlException.class, e -> {
            assertThat(e.getMessage()).contains("more than 10000 <entry>");
            assertThat(e.line()).as("the one too many, not the last").isEqualTo(3 + 10_000);
        });
        assertThat(ResourceLists.read(document, 100_000).entries()).hasSize(100_000);
    }

    @Test
    void whatIsWrittenHasNoMoreThanItsEntries() {
        assertThat(new ResourceLists(List.of(new Entry("sip:a@b?x=<&>",
                "A \"b\""))).document()).isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"sip:a@b?x=&lt;&amp;&gt;\">"
                + "<display-name>A \"b\"</display-name></entry></list></resource-lists>\n");
    }
}
