package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.callback.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** {@code statusCallback} of voice:call, to a named target, so that no network is needed. */
class CallStatusTest extends VoiceRouteTest {

    private final List<Form> told = new CopyOnWriteArrayList<>();

    private void routes(String call) throws Exception {
        context.getRegistry().bind("told", (org.apache.camel.Processor) exchange -> told.add(Form.decode(exchange.getMessage().getBody(byte[].class))));
        yaml("""
                - route:
                    from:
                      uri: voice:callbacks?targets=crm
                      steps:
                        - process: { ref: told }
                - route:
                    from:
                      uri: "direct:dial"
                      steps:
                        - to: "voice:call:bob@127.0.0.1,carol@127.0.0.1?statusCallback=crm%s"
                """.formatted(call));
    }

    private FakePhone phone(String user) {
        eventually(() -> engine.phones.stream().anyMatch(phone -> phone.spec != null && phone.spec.target().contains(user + "@") && !phone.heard.isEmpty()));
        return engine.phones.stream().filter(phone -> phone.spec != null && phone.spec.target().contains(user + "@")).findFirst().orElseThrow();
    }

    private List<String> of(String user) {
        List<String> words = new ArrayList<>();
        told.stream().filter(form -> form.first("To").contains(user)).forEach(form -> words.add(form.first("SequenceNumber") + form.first("CallStatus")));
        return words;
    }

    @Test
    void eachTargetIsToldOf() throws Exception {
        routes("&statusCallbackEvent=initiated,answered,completed");
        template().asyncSend("direct:dial", exchange -> { });
        phone("bob").answers();
        eventually(() -> of("bob").size() == 2 && of("carol").size() == 2);
        assertThat(of("bob")).containsExactly("0initiated", "1in-progress");
        assertThat(of("carol")).containsExactly("0initiated", "1canceled");
        phone("bob").hangsUp();
        eventually(() -> of("bob").size() == 3);
        assertThat(of("bob")).endsWith("2completed");
    }

    @Test
    void wrongOptionsAreRefusedAtTheStart() {
        assertThatThrownBy(() -> routes("&statusCallbackEvent=answerd")).hasStackTraceContaining("statusCallbackEvent must be words out of");
    }

    @Test
    void whoCannotBeToldStopsTheCall() throws Exception {
        routes("");
        assertThatThrownBy(() -> template().requestBodyAndHeader("direct:dial", null, VoiceConstants.STATUS_CALLBACK, "nobody"))
                .hasStackTraceContaining("statusCallback");
        assertThat(engine.phones).isEmpty();
    }
}
