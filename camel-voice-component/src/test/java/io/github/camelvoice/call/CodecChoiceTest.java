package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecChoiceTest {

    private static List<String> list(String names) {
        return names == null ? List.of() : List.of(names.split(" "));
    }

    /** G729 is passed on, nothing else. */
    @ParameterizedTest
    @CsvSource({
        // before the answer: the caller's order, then the rest
        ",PCMA OPUS PCMU,PCMU PCMA G722,PCMA PCMU G722",
        ",OPUS PCMU,opus g722 pcmu,OPUS PCMU G722",
        ",G729 PCMU,PCMU G729 OPUS,G729 PCMU OPUS",
        // nobody transcodes G729: it is offered to those alone who come from it
        ",PCMU,PCMU G729,PCMU",
        ",G729,PCMU G729,G729",
        ",G729,PCMU OPUS,",
        // after it: what is agreed
        "PCMA,PCMU PCMA,PCMU PCMA OPUS,PCMA PCMU OPUS",
        "PCMU,G729 PCMU,G729 PCMU,PCMU",
        "G729,G729 PCMU,G729 PCMU,G729",
        // nothing is known
        ",,PCMU G729,PCMU G729"})
    void offersWhatTheCallerSpeaksFirst(String agreed, String offered, String wish, String expected) {
        assertThat(CodecChoice.toOffer(agreed, list(offered), list(wish), codec -> !codec.equals("G729"))).isEqualTo(list(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "OPUS,PCMU OPUS,PCMU PCMA,OPUS", "G729,PCMU G729,PCMU G729,G729", "OPUS,PCMU PCMA,PCMA PCMU,PCMA PCMU",
        "PCMA,G729 PCMU,G729 PCMU,PCMU", "OPUS,,PCMU G729 OPUS,OPUS PCMU", ",PCMU,PCMU OPUS,PCMU OPUS"})
    void answersWithWhatTheOtherTook(String taken, String offered, String wish, String expected) {
        assertThat(CodecChoice.toAnswer(taken, list(offered), list(wish), codec -> !codec.equals("G729"))).isEqualTo(list(expected));
    }
}
