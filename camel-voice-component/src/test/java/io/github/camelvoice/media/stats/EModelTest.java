package io.github.camelvoice.media.stats;

import io.github.camelvoice.media.stats.EModel.Impairment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class EModelTest {

    @Test
    void aCleanCallIsTheBestOfNarrowBand() {
        assertThat(EModel.rating(Impairment.G711, 20, 0, 1)).isEqualTo(93.2);
        assertThat(EModel.mos(Impairment.G711, 20, 0)).isCloseTo(4.41, within(0.005));
    }

    /** The relation of R and MOS as G.107 annex B tabulates it. */
    @Test
    void mapsRatingToOpinion() {
        assertThat(EModel.mosOf(90)).isCloseTo(4.34, within(0.005));
        assertThat(EModel.mosOf(80)).isCloseTo(4.03, within(0.01));
        assertThat(EModel.mosOf(70)).isCloseTo(3.60, within(0.01));
        assertThat(EModel.mosOf(60)).isCloseTo(3.10, within(0.005));
        assertThat(EModel.mosOf(50)).isCloseTo(2.58, within(0.01));
        assertThat(EModel.mosOf(0)).isEqualTo(1);
        assertThat(EModel.mosOf(5)).isEqualTo(1);
        assertThat(EModel.mosOf(120)).isEqualTo(4.5);
        assertThat(EModel.mosOf(Double.NaN)).isEqualTo(1);
    }

    @Test
    void lossCostsAsTheFormulaSays() {
        assertThat(EModel.rating(Impairment.G711, 0, 1, 1)).isCloseTo(93.2 - 95 / 5.3, within(1e-9));
        assertThat(EModel.rating(Impairment.G711_CONCEALED, 0, 1, 1)).isCloseTo(93.2 - 95 / 26.1, within(1e-9));
        assertThat(EModel.rating(Impairment.G711_CONCEALED, 0, 1, 2)).isLessThan(93.2 - 95 / 26.1);
        double last = 5;
        for (int percent = 0; percent <= 110; percent++) {
            double mos = EModel.mos(Impairment.G711, 50, percent);
            assertThat(mos).isBetween(1.0, last);
            last = mos;
        }
    }

    @Test
    void delayCostsBeyondAHundredMillis() {
        assertThat(EModel.rating(Impairment.G711, 100, 0, 1)).isEqualTo(93.2);
        double last = 93.2;
        for (int millis = 120; millis < 2000; millis += 20) {
            double rating = EModel.rating(Impairment.G711, millis, 0, 1);
            assertThat(rating).isBetween(40.0, last);
            last = rating;
        }
        // Idd at 400 ms is 24 by the clause's formula
        assertThat(EModel.rating(Impairment.G711, 400, 0, 1)).isCloseTo(93.2 - 24.1, within(0.5));
    }

    @Test
    void knowsOurCodecs() {
        assertThat(Impairment.of("pcmu", false)).isEqualTo(Impairment.G711);
        assertThat(Impairment.of("G722", true)).isEqualTo(Impairment.G711_CONCEALED);
        assertThat(Impairment.of("opus", true)).isEqualTo(Impairment.G711_CONCEALED);
        assertThat(Impairment.of("G729", true)).isEqualTo(Impairment.G729A);
        assertThatThrownBy(() -> Impairment.of("speex", true)).hasMessageContaining("speex");
        assertThatThrownBy(() -> new Impairment(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Impairment(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
