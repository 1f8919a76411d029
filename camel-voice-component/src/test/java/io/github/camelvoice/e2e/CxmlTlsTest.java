package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.RunOptions;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first example of the vendor's page, host and port apart: a Sip without a transport is called by TLS; with secure=true there is SRTP. */
class CxmlTlsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", ";secure=true"})
    void aSipIsCalledByTls(String secure) throws Exception {
        TestPki pki = TestPki.create(folder);
        EngineRig desk = EngineRig.start(config -> config.tlsPort(0).tls(pki.context(pki.identity("desk", "IP:127.0.0.1"))));
        EngineRig here = EngineRig.start(config -> config.tlsPort(0).tls(pki.context(pki.identity("here", "IP:127.0.0.1"))));
        EngineRig phone = EngineRig.start(config -> config);
        try (desk; here; phone) {
            desk.on("alice", EngineRig.ANSWER);
            String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>\n<Dial>\n<Sip>sip:alice@127.0.0.1:" + desk.tlsPort() + secure
                    + "</Sip>\n</Dial>\n</Response>";
            here.on("100", call -> run(here, call, text));
            Call caller = phone.place("sip:100@127.0.0.1:" + here.port());
            EngineRig.answered(caller);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> desk.engine.calls().count() == 1
                    && desk.inbound().snapshot().media() != null && here.engine.calls().live().stream()
                    .allMatch(each -> each.snapshot().peerCallId() != null));
            CallSnapshot called = desk.inbound().snapshot();
            assertThat(called.transport()).isEqualTo("tls");
            assertThat(called.media().encrypted()).isEqualTo(!secure.isEmpty());
            EngineRig.run(caller, EngineRig.HANG_UP);
            for (EngineRig rig : new EngineRig[] {phone, here, desk}) {
                rig.awaitNoCalls();
            }
        }
    }

    private static void run(EngineRig here, Call call, String text) {
        try {
            Document document = here.engine.documents().read("the body", text);
            here.engine.documents().run(call, document, RunOptions.standard());
        } catch (DocumentException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
