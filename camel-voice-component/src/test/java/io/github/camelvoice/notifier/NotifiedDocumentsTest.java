package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.subscription.state.ListNotification;
import io.github.camelvoice.subscription.state.RegInfo;
import io.github.camelvoice.subscription.state.ResourceLists;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.XmlLint;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of document that watchers get, against the schemas of its RFC, by xmllint. */
@Tag("peer")
class NotifiedDocumentsTest {

    @TempDir
    Path folder;

    private WatcherRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = WatcherRig.standard();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void valid(String schema, String document) throws URISyntaxException {
        XmlLint.mustBeValid(folder, Path.of(getClass().getResource("/schemas/" + schema).toURI()), document);
    }

    @Test
    void callsFromTheFirstToTheLast() throws Exception {
        rig.phone.answering(request -> switch (request.method()) {
            case "INVITE" -> request.answer(180, "Ringing", "Contact: <sip:raw@127.0.0.1:" + rig.phone.port() + ">\r\n");
            default -> request.answer(200, "OK", "");
        });
        WatcherRig.Subscription ours = rig.watch("al%26ice", "dialog", 600);
        valid("dialog-info.xsd", ours.notify(1).body());
        Call call = rig.engine.calls().place(new PlaceCall(new OutboundLeg("sip:car'ol@127.0.0.1:" + rig.phone.port(), "sip:al&ice@127.0.0.1", null, null,
                null, null, 0, SipHeaders.none()), List.of(), Duration.ofSeconds(20), Duration.ofMinutes(1)));
        await().atMost(Duration.ofSeconds(10)).until(() -> ours.notifies().stream().anyMatch(each -> each.body().contains(">early</state>")));
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
        await().atMost(Duration.ofSeconds(10)).until(() -> !rig.phone.requests("CANCEL").isEmpty());
        rig.phone.send(rig.port(), rig.phone.requests("INVITE").get(0).answer(487, "Request Terminated", "").text());
        rig.watch("car'ol", "dialog", 600).notify(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> ours.notifies().stream().anyMatch(each -> each.body().contains(">terminated</state>")));
        assertThat(ours.notifies()).anySatisfy(each -> assertThat(each.body()).contains("sip:al&amp;ice@127.0.0.1"));
        for (RawSip.Message each : rig.phone.requests("NOTIFY")) {
            valid("dialog-info.xsd", each.body());
        }
    }

    @Test
    void registrationsAndPresence() throws Exception {
        WatcherRig.Subscription registrations = rig.watch("alice", "reg", 600);
        valid("reginfo.xsd", registrations.notify(1).body());
        RegInfo.Contact contact = RegInfo.Contact.of("c1", true, RegInfo.Event.REGISTERED, "sip:alice@192.0.2.7");
        rig.notifier().publish("reg", "alice", new RegInfo(-1, false, List.of(new RegInfo.Registration("sip:alice@127.0.0.1", "a", RegInfo.State.ACTIVE,
                List.of(contact)))), 0);
        assertThat(registrations.notify(2).body()).contains("192.0.2.7").contains("version=\"1\"");
        valid("reginfo.xsd", registrations.notify(2).body());
        valid("pidf.xsd", rig.watch("alice", "presence", 600).notify(1).body());
    }

    @Test
    void lists() throws Exception {
        String list = new ResourceLists(List.of(new ResourceLists.Entry(rig.uri("alice"), "Alice"), new ResourceLists.Entry(rig.uri("bob"), null),
                new ResourceLists.Entry("sip:nobody", null))).document();
        WatcherRig.Subscription watching = rig.new Subscription(rig.phone.request("SUBSCRIBE", "sip:127.0.0.1:" + rig.port())
                .with("Event: reg", "Expires: 600", "Require: recipient-list-subscribe", "Supported: eventlist", "Content-Disposition: recipient-list")
                .body(ResourceLists.TYPE, list).as("alice", "secret").send(rig.port()));
        RawSip.Message notify = watching.notify(1);
        ListNotification read = ListNotification.read(notify.header("Content-Type"), notify.body().getBytes(StandardCharsets.UTF_8));
        assertThat(read.resources()).hasSize(3);
        valid("rlmi.xsd", read.document());
        String written = notify.body().substring(notify.body().indexOf("<?xml"));
        valid("rlmi.xsd", written.substring(0, written.indexOf("</list>") + 7));
        valid("reginfo.xsd", new String(read.parts().values().iterator().next().body(), StandardCharsets.UTF_8));
    }
}
