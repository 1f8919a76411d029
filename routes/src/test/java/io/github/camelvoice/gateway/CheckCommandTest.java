package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir
    Path folder;
    private int code;

    private String check(String document, String... options) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> arguments = new java.util.ArrayList<>(List.of(options));
        arguments.add("-");
        code = new CheckCommand(new PrintStream(bytes, true, StandardCharsets.UTF_8), new ByteArrayInputStream(document.getBytes(
                StandardCharsets.UTF_8))).run(arguments);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachStepIsSaidInWordsAndWhatIsLeftOut() throws Exception {
        assertThat(check("""
                <Response>
                  <Gather numDigits="1" action="/menu"><Say language="en">Press one</Say></Gather>
                  <Dial timeout="20" answerOnBridge="true" callerId="alice" record="record-from-answer-dual" action="next" foo="x">
                    <Sip url="/w" username="u" password="secret" statusCallback="/s" statusCallbackEvent="ringing answered">
                    sip:bob@example.com?X-A=1</Sip>
                    <Sip codecs="OPUS">sip:carol@example.com;secure=true</Sip>
                  </Dial>
                  <Hangup/>
                </Response>
                """, "--url", "https://app.example/dir/main")).isEqualTo("""
                  line 2: Gather says "Press one" in en, and takes 1 key until #, 5 s for each; \
                asks POST https://app.example/menu what comes next; without a key the next verb
                  line 3: Dial rings sip:bob@example.com;transport=tls (as user u; headers [X-A]; who answers hears \
                the document of POST https://app.example/w first; \
                ringing, answered told to POST https://app.example/s) and sip:carol@example.com;transport=tls \
                (SRTP only; codecs OPUS); for 20 s; the caller is \
                answered when somebody is connected; as alice; talk ends after 14400 s; recorded from the answer on, in two channels; then asks POST \
                https://app.example/dir/next what comes next
                  line 8: hangup ends the call (never reached)
                warning: /Response/Dial/@foo (line 3, column 108): Dial has no attribute foo
                -: can be carried out, 1 warning
                """);
        assertThat(code).isZero();
    }

    @Test
    void mistakesAreToldWithTheirPlaceAndTheExitCode() throws Exception {
        assertThat(check("<Response>\n  <Dial timeout='x'><Number>1</Number></Dial>\n</Response>")).isEqualTo("""
                error: /Response/Dial/@timeout (line 2, column 9): timeout of Dial must be a whole number from 0: x
                error: /Response/Dial/Number (line 2, column 21): Number is not supported in Dial: there is no telephone network; a number is called \
                at a SIP address, <Sip>sip:NUMBER@HOST</Sip>
                -: cannot be carried out, 2 mistakes
                """);
        assertThat(code).isEqualTo(1);
        assertThat(check("<Response><Dial><Sip>sip:a@b</Sip></Dial></Response>", "--whisper"))
                .contains("must not be in the document for a called party");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void swmlToo() throws Exception {
        assertThat(check("""
                sections:
                  main: [{answer: {}}, {play: {urls: ['silence:1', '${vars.x}']}}, {tap: {uri: 'wss://u:p@bot.example/x'}}, {transfer: {dest: bye}}]
                  bye: [{set: {a: 1}}, {hangup: {reason: busy}}]
                """)).isEqualTo("""
                section main:
                  line 2: answer answers the call
                  line 2: play plays silence:1.0, (known when it runs)
                  line 2: tap sends audio to wss://bot.example/x, in the background
                  line 2: transfer goes on with section bye
                section bye:
                  line 3: set sets a
                  line 3: hangup ends the call: busy
                -: can be carried out
                """);
        assertThat(check("sections: {main: [{plaz: {}}]}")).startsWith("error: /sections/main/0").contains("cannot be carried out, 1 mistake");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void filesAndOptions() throws Exception {
        Path file = Files.writeString(folder.resolve("a.xml"), "<Response><Pause length='2'/></Response>");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(new CheckCommand(new PrintStream(bytes), System.in).run(List.of(file.toString()))).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("line 1: Pause waits 2.0 s").contains("then the call ends");
        for (List<String> wrong : List.of(List.<String>of(), List.of("--nope", "x"), List.of("a", "b"), List.of("--url"),
                List.of("--url", "ftp://x", "a"))) {
            assertThatThrownBy(() -> new CheckCommand(System.out, System.in).run(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new CheckCommand(System.out, System.in).run(List.of(folder.resolve("none").toString())))
                .isInstanceOf(IOException.class).hasMessageContaining("there is no file");
    }
}
