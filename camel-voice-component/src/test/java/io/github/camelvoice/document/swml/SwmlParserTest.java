package io.github.camelvoice.document.swml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.DocumentProblem;
import io.github.camelvoice.document.HangupReason;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Scope;
import io.github.camelvoice.document.Sound;
import io.github.camelvoice.document.TapOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwmlParserTest {

    private static final ObjectNode CALL = JsonNodeFactory.instance.objectNode().put("from", "sip:alice@example.com");

    private static Scope scope() {
        return new Scope(() -> CALL);
    }

    private static Document parse(String text) throws DocumentException {
        return SwmlParser.parse("test", null, text);
    }

    /** The one instruction of a document with one method, in YAML. */
    private static Instruction one(String method) throws DocumentException {
        return parse("version: 1.0.0\nsections:\n  main:\n    - " + method).sections().get("main").get(0);
    }

    private static DocumentProblem problem(String text) {
        DocumentException failure = catchThrowableOfType(DocumentException.class, () -> parse(text));
        assertThat(failure).as(text).isNotNull();
        return failure.first();
    }

    @Test
    void jsonAndYamlAreTheSame() throws Exception {
        Document yaml = parse("version: 1.0.0\nsections:\n  main:\n    - answer\n    - play: {url: 'silence: 3.0'}\n    - hangup:\n"
                + "        reason: busy\n");
        Document json = parse("{\"version\":\"1.0.0\",\"sections\":{\"main\":[\"answer\",{\"play\":{\"url\":\"silence: 3.0\"}},"
                + "{\"hangup\":{\"reason\":\"busy\"}}]}}");
        for (Document document : List.of(yaml, json)) {
            List<Instruction> main = document.sections().get("main");
            assertThat(main).hasSize(3);
            assertThat(main.get(0)).isInstanceOf(Instruction.Answer.class);
            assertThat(((Instruction.Play) main.get(1)).sounds().get(0).get(scope())).isEqualTo(new Sound.Silence(3000));
            assertThat(((Instruction.Hangup) main.get(2)).reason().get(scope())).isEqualTo(HangupReason.BUSY);
        }
    }

    @Test
    void everyMethodWithAllItMayHave() throws Exception {
        Instruction.Answer answer = (Instruction.Answer) one("answer: {max_duration: 60, codecs: 'AMR-WB, pcma,OPUS'}");
        assertThat(answer.maxSeconds().get(scope())).isEqualTo(60);
        assertThat(answer.codecs().get(scope())).containsExactly("PCMA", "OPUS");
        Instruction.Play play = (Instruction.Play) one("play: {urls: ['https://a.example/b.wav', 'ring:3.2:UK', 'ring:us', 'prompt:hello', "
                + "sounds/x.wav], volume: -3.5, auto_answer: false}");
        assertThat(play.sounds()).extracting(sound -> sound.get(scope()).label()).containsExactly("https://a.example/b.wav", "ring:3.2:uk",
                "ring:us", "prompt:hello", "sounds/x.wav");
        assertThat(play.volume().get(scope())).isEqualTo(-3.5);
        assertThat(play.answers().get(scope())).isFalse();
        assertThat(((Instruction.Hangup) one("hangup: {}")).reason().get(scope())).isEqualTo(HangupReason.HANGUP);
        assertThat(((Instruction.StopTap) one("stop_tap: {control_id: a}")).controlId().get(scope())).isEqualTo("a");
        assertThat(((Instruction.StopTap) one("stop_tap")).controlId()).isNull();
        assertThat(((Instruction.SetVariables) one("set: {a: 1, b: {c: [x, true]}}")).values().get("b").evaluate(scope()))
                .hasToString("{\"c\":[\"x\",true]}");
        assertThat(((Instruction.UnsetVariables) one("unset: [a, b]")).names()).containsExactly("a", "b");
        assertThat(((Instruction.UnsetVariables) one("unset: a")).names()).containsExactly("a");
        assertThat(((Instruction.Return) one("return: [{a: 1}]")).value().evaluate(scope())).hasToString("[{\"a\":1}]");
        assertThat(((Instruction.Return) one("return")).value().evaluate(scope())).hasToString("null");
    }

    @Test
    void aTapHasTheDefaultsOfTheDocument() throws Exception {
        TapOrder order = ((Instruction.Tap) one("tap: {uri: 'rtp://192.0.2.1:4000'}")).order();
        assertThat(order.direction().get(scope())).isEqualTo(TapOrder.Direction.SPEAK);
        assertThat(order.codec().get(scope())).isEqualTo(TapOrder.Codec.PCMU);
        assertThat(order.ptime().get(scope())).isEqualTo(20);
        assertThat(order.controlId()).isNull();
        assertThat(order.statusUrl()).isNull();
        TapOrder full = ((Instruction.Tap) one("tap: {uri: 'wss://bot.example/x?y=1', control_id: t1, direction: hear, codec: pcma, "
                + "rtp_ptime: 60, status_url: 'https://u:p@app.example/s'}")).order();
        assertThat(full.direction().get(scope())).isEqualTo(TapOrder.Direction.LISTEN);
        assertThat(full.codec().get(scope())).isEqualTo(TapOrder.Codec.PCMA);
        assertThat(full.ptime().get(scope())).isEqualTo(60);
        assertThat(full.statusUrl().get(scope())).contains("@app.example");
    }

    @Test
    void aTransferLeadsToASectionAnUrlOrADocument() throws Exception {
        Document document = parse("""
                sections:
                  main:
                    - transfer: {dest: next, params: {a: '${call.from}'}, meta: {any: thing}}
                    - transfer: next
                    - transfer: {dest: 'https://app.example/swml'}
                    - transfer: {dest: '{"sections":{"main":["hangup"]}}'}
                  next:
                    - hangup
                """);
        List<Instruction> main = document.sections().get("main");
        assertThat(main).extracting(each -> ((Instruction.Transfer) each).destination().get(scope()).getClass().getSimpleName())
                .containsExactly("Section", "Section", "Fetched", "Inline");
        assertThat(((Instruction.Transfer) main.get(0)).params().get("a").evaluate(scope()).asText()).isEqualTo("sip:alice@example.com");
    }

    /** What is wrong, and where: pointer, line and column of YAML whose methods begin in line 4, column 7. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "plaz: {url: x}|method-undefined|/sections/main/0/plaz|4|7|there is no method 'plaz'; there are answer, hangup",
        "record: {}|method-undefined|/sections/main/0/record|4|7|'record' is not supported here",
        "[answer]|method-missing-name|/sections/main/0|4|7|must be a method, not a list",
        "{answer: {}, hangup: {}}|method-missing-name|/sections/main/0|4|7|must have one name, that of a method, and has 2",
        "7|method-missing-name|/sections/main/0|4|7|not a number",
        "answer: now|element-wrong-type|/sections/main/0/answer|4|15|answer must have an object with its properties, not text",
        "answer: {max_duration: long}|method-parameter-invalid-value|/sections/main/0/answer/max_duration|4|30|must be a whole number, not text",
        "answer: {max_duration: 0}|method-parameter-invalid-value|/sections/main/0/answer/max_duration|4|30|must be 1 to 604800: 0",
        "answer: {max_duration: 1.5}|method-parameter-invalid-value|/sections/main/0/answer/max_duration|4|30|must be a whole number",
        "answer: {codecs: MP3}|method-parameter-invalid-value|/sections/main/0/answer/codecs|4|24|must be some of PCMU",
        "answer: {codecs: AMR-WB}|method-parameter-invalid-value|/sections/main/0/answer/codecs|4|24|has none of the codecs",
        "answer: {username: a}|method-parameter-undefined|/sections/main/0/answer/username|4|16|'username' of answer is not supported",
        "answer: {Max: 1}|method-parameter-undefined|/sections/main/0/answer/Max|4|16|answer has no property 'Max'; there are codecs, max_duration",
        "play|method-parameter-missing|/sections/main/0|4|7|play needs 'url' or 'urls'",
        "play: {url: 'silence:1', urls: ['ring:us']}|method-parameter-conflict|/sections/main/0/play|4|7|both 'url' and 'urls'",
        "play: {url: 5}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be text, not a number",
        "play: {url: 'say: '}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be say:TEXT",
        "play: {url: 'ftp://x/y'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be an http or https URL, say:TEXT, silence:SECONDS",
        "play: {url: '/etc/passwd'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be an http or https URL, say:TEXT, silence:SECONDS",
        "play: {url: 'sounds/../x.wav'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be an http or https URL, say:TEXT, silence:SECONDS",
        "play: {url: 'file:x.wav'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be an http or https URL, say:TEXT, silence:SECONDS",
        "play: {url: 'https:///x'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be an http or https URL",
        "play: {url: 'silence:0'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be silence:SECONDS, above 0",
        "play: {url: 'silence:1..2'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be silence:SECONDS, above 0",
        "play: {url: 'ring:xx'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|must be ring:[SECONDS:]COUNTRY",
        "play: {url: 'ring:9999:us'}|method-parameter-invalid-value|/sections/main/0/play/url|4|19|at most 3600 seconds",
        "play: {urls: []}|method-parameter-invalid-value|/sections/main/0/play/urls|4|20|must not be empty",
        "play: {urls: 'ring:us'}|method-parameter-invalid-value|/sections/main/0/play/urls|4|20|must be a list of texts, not text",
        "play: {urls: ['ring:us', 1]}|method-parameter-invalid-value|/sections/main/0/play/urls/1|4|32|must be text, not a number",
        "play: {url: 'ring:us', volume: 41}|method-parameter-invalid-value|/sections/main/0/play/volume|4|38|must be -40.0 to 40.0: 41",
        "play: {url: 'ring:us', volume: loud}|method-parameter-invalid-value|/sections/main/0/play/volume|4|38|must be a number, not text",
        "play: {url: 'ring:us', auto_answer: 1}|method-parameter-invalid-value|/sections/main/0/play/auto_answer|4|43|must be true or false",
        "play: {url: 'ring:us', say_gender: x}|method-parameter-invalid-value|/sections/main/0/play/say_gender|4|42|must be female or male: x",
        "hangup: {reason: tired}|method-parameter-invalid-value|/sections/main/0/hangup/reason|4|24|must be one of hangup, busy, decline: tired",
        "tap: {}|method-parameter-missing|/sections/main/0/tap|4|7|tap needs 'uri'",
        "tap: {uri: 'rtp://host.example:1'}|method-parameter-invalid-value|/sections/main/0/tap/uri|4|18|must be rtp://IP:port, ws:// or wss://",
        "tap: {uri: 'rtp://192.0.2.1:0'}|method-parameter-invalid-value|/sections/main/0/tap/uri|4|18|must have a port from 1 to 65535",
        "tap: {uri: 'http://x.example'}|method-parameter-invalid-value|/sections/main/0/tap/uri|4|18|must be rtp://IP:port, ws:// or wss://",
        "tap: {uri: 'ws://x.example', direction: up}|method-parameter-invalid-value|/sections/main/0/tap/direction|4|47|must be one of speak, listen",
        "tap: {uri: 'ws://x.example', codec: G722}|method-parameter-invalid-value|/sections/main/0/tap/codec|4|43|must be one of PCMU, PCMA: G722",
        "tap: {uri: 'ws://x.example', rtp_ptime: 25}|method-parameter-invalid-value|/sections/main/0/tap/rtp_ptime|4|47|must be 10 to 120 in steps",
        "tap: {uri: 'ws://x.example', control_id: ''}|method-parameter-invalid-value|/sections/main/0/tap/control_id|4|48|must be 1 to 128 printable",
        "tap: {uri: 'ws://x.example', status_url: '/x'}|method-parameter-invalid-value|/sections/main/0/tap/status_url|4|48|must be an http",
        "stop_tap: {id: 1}|method-parameter-undefined|/sections/main/0/stop_tap/id|4|18|stop_tap has no property 'id'; there are control_id",
        "set: 5|element-wrong-type|/sections/main/0/set|4|12|set needs an object",
        "set: {a: '${1+1}'}|method-parameter-invalid-value|/sections/main/0/set/a|4|16|has an expression; there are variables only",
        "set: {a: ['${vars.b']}|method-parameter-invalid-value|/sections/main/0/set/a/0|4|17|has ${ without }",
        "set: {a: '${vars}'}|method-parameter-invalid-value|/sections/main/0/set/a|4|16|names no variable, but all of them",
        "unset: {a: 1}|element-wrong-type|/sections/main/0/unset|4|14|unset needs the name of a variable",
        "transfer: {}|method-parameter-missing|/sections/main/0/transfer|4|7|transfer needs 'dest'",
        "transfer: {dest: nowhere}|method-parameter-invalid-value|/sections/main/0/transfer/dest|4|24|must be a section of the document (main)",
        "transfer: {dest: 'relay:app'}|method-parameter-invalid-value|/sections/main/0/transfer/dest|4|24|must be a section of the document (main)",
        "transfer: {dest: main, params: 7}|method-parameter-invalid-value|/sections/main/0/transfer/params|4|38|must be an object, not a number",
        "transfer: [{dest: main}]|element-wrong-type|/sections/main/0/transfer|4|17|transfer must have an object with its properties, not a list",
    })
    void whatIsWrongIsToldWithItsPlace(String method, String code, String pointer, int line, int column, String message) {
        DocumentProblem problem = problem("version: 1.0.0\nsections:\n  main:\n    - " + method + "\n");
        assertThat(problem.code().label()).isEqualTo(code);
        assertThat(problem.place().pointer()).isEqualTo(pointer);
        assertThat(problem.message()).contains(message);
        assertThat(List.of(problem.place().line(), problem.place().column())).isEqualTo(List.of(line, column));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}|sections-missing|''|1|1",
        "{\"sections\":{}}|main-section-missing|/sections|1|13",
        "{\"sections\":[]}|element-wrong-type|/sections|1|13",
        "{\"sections\":{\"main\":{}}}|element-wrong-type|/sections/main|1|21",
        "{\"sections\":{\"main\":[]}}|section-code-missing|/sections/main|1|21",
        "{\"version\":2,\"sections\":{\"main\":[\"hangup\"]}}|version-invalid|/version|1|12",
        "{\"sections\":{\"main\":[\"hangup\"]},\"x\":1}|element-undefined|/x|1|33",
        "{\"sections\":{\"main\":[\"hangup\"]},\"sections\":1}|parse-error|/sections|1|33",
        "{\"sections\":{\"main\":[\"hangup\",]}}|parse-error|''|1|31",
        "{\"sections\":{\"main\":[\"hangup\"]}} x|parse-error|''|1|35",
        "{\"sections\":{\"main\":[\"hangup\"|parse-error|''|1|30",
        "{\"sections\":{\"main\":[{\"play\":{\"url\":\"say:\"}}]}}|method-parameter-invalid-value|/sections/main/0/play/url|1|37",
        "[1]|element-wrong-type|''|1|1",
        "hello|element-wrong-type|''|1|1",
        "sections: {main: [hangup}|parse-error|''|1|25",
        "sections: {main: [*a]}|parse-error|/sections/main/0|1|19",
        "sections: !!java.util.Date {main: [hangup]}|parse-error|/sections|1|11",
        "sections: {main: [!!str hangup]}|parse-error|/sections/main/0|1|19",
        "sections: {[a]: [hangup]}|parse-error|/sections|1|12",
        "sections: {main: [hangup], main: [hangup]}|parse-error|/sections/main|1|28",
    })
    void aDocumentThatIsNoneIsToldWithItsPlace(String text, String code, String pointer, int line, int column) {
        DocumentProblem problem = problem(text);
        assertThat(problem.code().label()).as(problem.toString()).isEqualTo(code);
        assertThat(problem.place().pointer()).isEqualTo(pointer);
        assertThat(List.of(problem.place().line(), problem.place().column())).as(problem.toString()).isEqualTo(List.of(line, column));
    }

    @Test
    void allMistakesAreToldTwentyAtMost() {
        DocumentException failure = catchThrowableOfType(DocumentException.class,
                () -> parse("sections:\n  main:\n" + "    - oops\n".repeat(30)));
        assertThat(failure.problems()).hasSize(20);
        assertThat(failure.problems().get(1).place().line()).isEqualTo(4);
    }

    @Test
    void aPlaceInAnInlineDocumentIsToldWithin() {
        DocumentProblem problem = problem("sections:\n  main:\n    - transfer:\n        dest: '{\"sections\":{\"main\":[\"oops\"]}}'\n");
        assertThat(problem.place()).hasToString("/sections/main/0/transfer/dest (line 4, column 15)");
        assertThat(problem.message()).contains("/sections/main/0 (line 1, column 22): there is no method 'oops'");
    }

    @Test
    void boundsHold() {
        assertThat(problem("a".repeat(65_537)).message()).contains("it may have 65536");
        assertThat(problem("  \n ").message()).isEqualTo("is empty");
        assertThat(problem("# nothing\n").message()).isEqualTo("is empty");
        assertThat(problem("--- a\n--- b\n").message()).contains("second document");
        for (String open : List.of("[", "{\"a\":", "{a: ")) {
            assertThat(problem(open.startsWith("[") ? open.repeat(60_000) : open.repeat(10_000)).code())
                    .isIn(ProblemCode.NESTED_TOO_DEEP, ProblemCode.PARSE_ERROR);
        }
        assertThat(problem("{\"sections\":" + "[".repeat(40) + "]".repeat(40) + "}").code()).isEqualTo(ProblemCode.NESTED_TOO_DEEP);
    }

    /** A password in an URL, and control characters, are in no error. */
    @ParameterizedTest
    @ValueSource(strings = {"'ftp://alice:secret@x.example/y'", "'http://alice:secret@/y z'"})
    void errorsHaveNoPasswords(String url) {
        assertThat(problem("sections: {main: [{tap: {uri: 'ws://x.example', status_url: " + url + "}}]}").toString()).doesNotContain("secret");
    }

    @Test
    void fragmentsSayWhatTimeThereIs() throws Exception {
        assertThat(((Instruction.Transfer) one("transfer: 'https://app.example/x?y#rt=3000'")).destination().get(scope()))
                .hasToString("Fetched[url=https://app.example/x?y#rt=3000]");
        assertThat(problem("sections: {main: [{tap: {uri: 'ws://x.example/#a'}}]}").message()).contains("must be rtp://");
    }

    /** Texts that are nearly documents: each is one, or is refused with a place; nothing else happens. */
    @Test
    void whateverTheTextNothingElseHappens() throws Exception {
        Random random = new Random(11);
        String[] seeds = {"version: 1.0.0\nsections:\n  main:\n    - answer: {codecs: PCMU}\n"
                + "    - play: {urls: ['ring:us', \"${a.b[0]}\"], volume: 1}\n"
                + "    - tap:\n        uri: rtp://192.0.2.1:4000\n        direction: both\n    - set: {a: [1, {b: ~}]}\n    - transfer: main\n",
            "{\"version\":\"1.0.0\",\"sections\":{\"main\":[{\"play\":{\"url\":\"silence:1\",\"volume\":-4.5e0}},{\"transfer\":{\"dest\":"
                + "\"{\\\"sections\\\":{\\\"main\\\":[\\\"hangup\\\"]}}\",\"params\":{\"a\":[true,null]}}},\"stop_tap\",{\"return\":1}]}}"};
        String alphabet = "{}[]:,-'\"\\ \n\t#&*!|>%@`?~$0e.\u0000\ud800é" + "abcurl";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(seeds[round % seeds.length]);
            for (int i = 0; i <= random.nextInt(4); i++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 2 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
                }
            }
            try {
                assertThat(parse(text.toString()).sections()).containsKey("main");
            } catch (DocumentException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        }
    }

    @Test
    void hugeNumbersAreNoTrouble() throws Exception {
        assertThat(problem("{\"sections\":{\"main\":[{\"play\":{\"url\":\"ring:us\",\"volume\":1e999999999}}]}}").message())
                .contains("must be -40.0");
        assertThat(problem("{\"sections\":{\"main\":[{\"answer\":{\"max_duration\":" + "9".repeat(900) + "}}]}}").message()).contains("must be 1 to");
        assertThat(one("set: {a: 1e999}")).isInstanceOf(Instruction.SetVariables.class);
    }
}
