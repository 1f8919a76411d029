package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.testkit.XmlLint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is valid by the schemas of the RFCs. */
class ValidDocumentsTest {

    @Test
    void byTheJdksValidator() {
        Documents.all().forEach(each -> Schemas.mustBeValid(each.getKey(), each.getValue()));
        assertThatThrownBy(() -> Schemas.mustBeValid(RegInfo.TYPE, Documents.reg().document().replace("event=\"shortened\"", "event=\"sung\"")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @Tag("peer")
    void byXmllint(@TempDir Path folder) {
        for (Map.Entry<String, String> each : Documents.all()) {
            XmlLint.mustBeValid(folder, Schemas.of(each.getKey()), each.getValue());
        }
        String wrong = Documents.dialog().document().replace("trying", "tried");
        assertThatThrownBy(() -> XmlLint.mustBeValid(folder, Schemas.of(DialogInfo.TYPE), wrong)).isInstanceOf(AssertionError.class);
    }

    @Test
    void whatMergesGiveIsValidToo() {
        for (String event : new String[] {"reg", "dialog", "presence", "conference"}) {
            EventPackage known = EventPackages.of(event);
            String type = known.accept().get(0);
            String document = Documents.all().stream().filter(each -> each.getKey().equals(type)).findFirst().orElseThrow().getValue();
            StateMerge merge = known.merge(null, type, document.getBytes(StandardCharsets.UTF_8));
            EventState full = merge instanceof StateMerge.Gap gap ? gap.full() : ((StateMerge.Applied) merge).full();
            EventState changed = merge instanceof StateMerge.Gap gap ? gap.changed() : ((StateMerge.Applied) merge).changed();
            Schemas.mustBeValid(type, full.document());
            Schemas.mustBeValid(type, changed.document());
        }
    }
}
