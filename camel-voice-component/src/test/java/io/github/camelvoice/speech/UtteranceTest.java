package io.github.camelvoice.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.speech.Utterance.Gender;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtteranceTest {

    private static String said(String text) throws SpeechException {
        return Utterance.of(text, null, null).text();
    }

    @Test
    void markupIsTakenOutAndItsContentStays() throws Exception {
        assertThat(said("<speak>Press <emphasis level=\"strong\">one</emphasis><break time='1s'/> now</speak>")).isEqualTo("Press one now");
        assertThat(said("<!-- <x> --><?pi?>a < b and c > d, 1<2")).isEqualTo("a < b and c > d, 1<2");
        assertThat(said("[[h@l@U]] and [1]")).isEqualTo("h@l@U and [1]");
    }

    @Test
    void whatSteersAnEngineIsNoText() throws Exception {
        assertThat(said("a\u0001300s\u0000b\r\n\tc\u202ed")).isEqualTo("a 300s b c d");
        assertThat(said("-v de; $(reboot) `id` | rm")).isEqualTo("-v de; $(reboot) `id` | rm");
        assertThat(said("Grüße, 你好 \uD83D\uDE00")).isEqualTo("Grüße, 你好 \uD83D\uDE00");
    }

    @Test
    void lengthAndNamesAreBounded() {
        assertThatThrownBy(() -> said("x".repeat(100_000))).isInstanceOf(SpeechException.class).hasMessageContaining("at most 4096");
        assertThatThrownBy(() -> said("<b> </b>\n")).hasMessageContaining("nothing to be spoken");
        assertThatThrownBy(() -> Utterance.of("a", "en-US --path=/etc", null)).hasMessageContaining("a tag like en-US");
        assertThatThrownBy(() -> Utterance.of("a", "../../x", null)).hasMessageContaining("a tag like en-US");
        assertThatThrownBy(() -> Utterance.of("a", null, "x\r\nX-Evil: 1")).hasMessageContaining("a voice is named by");
        assertThat(new Utterance("secret text", "en-US", null, null).toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"man,-,en-US,MALE", "woman,-,en-US,FEMALE", "alice,sv-SE,sv-SE,FEMALE", "Polly.Joanna,-,en-US,FEMALE",
        "Polly.Brian-Neural,-,en-GB,MALE", "Polly.Hans,-,de-DE,MALE", "amazon.Celine,-,fr-FR,FEMALE", "Polly.Nobody,-,en-US,-",
        "Google.de-DE-Wavenet-B,-,de-DE,-", "gcloud.en-GB-Neural2-C,-,en-GB,-", "Polly.Joanna,de-DE,de-DE,FEMALE", "-,pt_BR,pt-BR,-"})
    void namesOfVoicesSayWhoSpeaksAndWhat(String voice, String language, String tag, Gender gender) throws Exception {
        Utterance utterance = Utterance.of("hello", language, voice);
        assertThat(utterance.language()).isEqualTo(tag);
        assertThat(utterance.gender()).isEqualTo(gender);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"en-us,en-us", "en,en-us", "en-gb,en-gb", "en-au,en-gb", "en-ca,en-us", "es-es,es", "es-mx,es-419", "es,es",
        "fr-ca,fr-fr", "fr,fr-fr", "de-at,de", "pt-br,pt-br", "pt-pt,pt", "zh-cn,cmn", "cmn-cn,cmn", "zh-hk,yue", "nb-no,nb",
        "no,nb", "xx,-", "tlh,-"})
    void tagsLeadToVoicesThatThereAre(String tag, String voice) {
        Set<String> there = Set.of("en-us", "en-gb", "es", "es-419", "fr-fr", "de", "pt", "pt-br", "cmn", "yue", "nb");
        assertThat(EspeakVoices.of(tag, there)).isEqualTo(voice);
    }
}
