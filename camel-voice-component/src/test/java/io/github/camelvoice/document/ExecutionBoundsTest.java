package io.github.camelvoice.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps documents from running or growing for ever; and documents of chance. */
class ExecutionBoundsTest {

    private static final String PLAY = "{play: {url: 'silence:1'}}";

    private final DocumentRig rig = new DocumentRig();

    private static String main(String... methods) {
        return "sections: {main: [" + String.join(", ", methods) + "]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"sections: {main: [{transfer: two}], two: [{transfer: main}]}", "sections: {main: [{transfer: '${vars.x}main'}]}"})
    void circlesEnd(String document) {
        Outcome outcome = DocumentRig.outcome(rig.run(FakeCall.active(), document));
        assertThat(outcome.problem().code()).isEqualTo(ProblemCode.TOO_MANY_TRANSFERS);
        assertThat(outcome.instructions()).isEqualTo(33);
    }

    @Test
    void circlesOfFetchedDocumentsEnd() {
        rig.web.put("https://app.example/", main("{transfer: 'https://app.example/'}"));
        Outcome outcome = DocumentRig.outcome(rig.run(FakeCall.active(), main("{transfer: 'https://app.example/'}")));
        assertThat(outcome.problem().code()).isEqualTo(ProblemCode.TOO_MANY_TRANSFERS);
        assertThat(rig.requests).hasSize(33);
    }

    @Test
    void manyInstructionsWithoutTimePassingEnd() {
        Outcome outcome = DocumentRig.outcome(rig.run(FakeCall.active(), "sections:\n  main:\n" + "    - set: {a: 1}\n".repeat(1_001)));
        assertThat(outcome.problem()).hasToString("/sections/main/1000/set (line 1003, column 7): more than 1000 instructions without time passing");
    }

    /** Doubled again and again, in text and in lists that share their items. */
    @ParameterizedTest
    @ValueSource(strings = {"'${a}${a}'", "['${a}', '${a}']", "{x: '${a}', y: '${a}'}"})
    void variablesDoNotGrowWithoutBound(String twice) {
        Outcome outcome = DocumentRig.outcome(rig.run(FakeCall.active(), "sections:\n  main:\n    - set: {a: abcdefgh}\n"
                + ("    - set: {a: " + twice + "}\n").repeat(60)));
        assertThat(outcome.ending()).isEqualTo(Ending.FAILED);
        assertThat(outcome.problem().message()).containsAnyOf("take more than 65536", "longer than 65536");
        assertThat(outcome.variables().toString().length()).isLessThan(200_000);
    }

    @Test
    void variablesAreNotNestedWithoutBound() {
        Outcome outcome = DocumentRig.outcome(rig.run(FakeCall.active(), "sections:\n  main:\n" + "    - set: {a: ['${a}']}\n".repeat(200)));
        assertThat(outcome.problem().message()).contains("nested deeper than 64");
        assertThat(outcome.instructions()).isLessThan(70);
    }

    /** Documents of chance on calls of chance: each ends once, and asks for nothing more after that. */
    @Test
    void randomHistories() {
        Random random = new Random(7);
        String[] methods = {"answer", PLAY, "{play: {urls: ['ring:us', 'prompt:missing']}}", "{play: {url: 'ring:us', auto_answer: false}}",
            "{set: {a: '${a}x'}}", "{tap: {uri: 'ws://x.example'}}", "stop_tap", "{transfer: main}", "{transfer: two}", "return", "hangup",
            "{transfer: 'https://app.example/no'}"};
        for (int history = 0; history < 500; history++) {
            DocumentRig each = new DocumentRig();
            StringBuilder document = new StringBuilder("sections:\n");
            for (String section : List.of("main", "two")) {
                document.append("  ").append(section).append(":\n");
                for (int i = 0; i < 1 + random.nextInt(5); i++) {
                    document.append("    - ").append(methods[random.nextInt(methods.length)]).append('\n');
                }
            }
            FakeCall call = random.nextBoolean() ? FakeCall.offered() : FakeCall.active();
            if (random.nextInt(3) == 0) {
                each.tapResult = new CompletableFuture<>();
            }
            Execution execution = each.run(call, document.toString());
            for (int step = 0; step < 60 && DocumentRig.outcome(execution) == null; step++) {
                switch (random.nextInt(40)) {
                    case 0 -> call.end();
                    case 1, 2, 3 -> call.playFails("chance");
                    case 4 -> execution.replace();
                    case 5, 6 -> each.tapResult.completeExceptionally(new IllegalStateException("chance"));
                    default -> call.played();
                }
                assertThat(call.open.size()).isLessThanOrEqualTo(1);
            }
            call.end();
            Outcome outcome = DocumentRig.outcome(execution);
            assertThat(outcome).as(document.toString()).isNotNull();
            assertThat(outcome.ending() == Ending.FAILED).isEqualTo(outcome.problem() != null);
            assertThat(each.documents.of(call.id())).isEmpty();
            int before = call.commands.size();
            each.tapResult.complete(null);
            call.played();
            assertThat(call.commands).hasSize(before);
        }
    }
}
