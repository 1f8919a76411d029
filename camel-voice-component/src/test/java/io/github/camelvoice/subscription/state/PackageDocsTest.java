package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/event-packages.md says of values is so. */
class PackageDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "event-packages.md");
    private static final Pattern KEY = Pattern.compile("\"([^\"]+)\":");

    @Test
    void everyNameOfTheExamplesIsOneOfOurs() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> ours = new TreeSet<>();
        samples().forEach(each -> collect(each.values(), ours));
        Set<String> named = new TreeSet<>();
        Matcher block = Pattern.compile("(?s)```json\n(.*?)```").matcher(page);
        while (block.find()) {
            Matcher key = KEY.matcher(block.group(1));
            while (key.find()) {
                named.add(key.group(1));
            }
        }
        assertThat(named).hasSizeGreaterThan(60);
        named.removeAll(ours);
        assertThat(named).containsExactlyInAnyOrder("From", "Subject", "moslqestalg");
    }

    @Test
    void everyPackageIsInTheTable() throws IOException {
        String page = Files.readString(PAGE);
        for (String name : EventPackages.typed()) {
            EventPackage known = EventPackages.of(name);
            assertThat(page).containsPattern("\\| `" + name + "`[^\n]*" + Pattern.quote(known.accept().get(0)) + "[^\n]* " + known.defaultExpires()
                    + " s \\|");
        }
    }

    private static List<EventState> samples() {
        List<EventState> samples = new ArrayList<>(List.of(Documents.reg(), Documents.dialog(), Documents.presence(), Documents.conference()));
        samples.add(new RegInfo(1, false, List.of(new RegInfo.Registration("sip:a@b", "1", RegInfo.State.ACTIVE, List.of(new RegInfo.Contact("c",
                true,
                RegInfo.Event.CREATED, "sip:a@c", null, null, 9L, null, null, null, null, Map.of(), List.of(XmlNode
                .builder(RegInfo.Contact.GRUU, "pub-gruu").attribute("uri", "sip:g").build())))))));
        samples.add(read("presence", Presence.TYPE, "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='x'><r:activities "
                + "xmlns:r='urn:ietf:params:xml:ns:pidf:rpid'><r:away/></r:activities></presence>"));
        samples.add(read("conference", ConferenceInfo.TYPE, ConferencePackageTest.FIRST));
        samples.add(read("message-summary", MessageSummary.TYPE,
                "Messages-Waiting: yes\nMessage-Account: sip:a\nVoice-Message: 1/2 (3/4)\n\nX: y\n"));
        samples.add(read("vq-rtcpxr", VoiceQuality.TYPE, QualityPackageTest.REPORT));
        samples.add(read("refer", ReferProgress.TYPE, "SIP/2.0 200 OK"));
        return samples;
    }

    private static EventState read(String event, String type, String text) {
        return ((StateMerge.Applied) EventPackages.of(event).merge(null, type, text.getBytes(StandardCharsets.UTF_8))).full();
    }

    private static void collect(Object value, Set<String> keys) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                keys.add((String) key);
                collect(each, keys);
            });
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> collect(each, keys));
        }
    }
}
