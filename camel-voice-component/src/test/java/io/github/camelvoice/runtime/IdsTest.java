package io.github.camelvoice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void idsNameTheirNodeAndNeverRepeat() {
        Ids ids = new Ids("n1");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String id = ids.next();
            assertThat(id).matches("n1-[0-9a-z]{26}");
            assertThat(seen.add(id)).isTrue();
            assertThat(ids.token()).hasSize(13);
        }
    }
}
