package io.github.camelvoice.testkit;

import io.github.camelvoice.testkit.RawSip.Message;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A notifier whose NOTIFYs a test writes: it accepts what is subscribed, tells nothing by itself, and may be as wrong as is wished. */
public final class ScriptedNotifier implements AutoCloseable {

    private final RawSip sip = RawSip.open();
    private final AtomicInteger cseq = new AtomicInteger(100);
    private volatile int granted = 600;

    private ScriptedNotifier() {
        sip.answering(request -> request.method().equals("SUBSCRIBE")
                ? request.header("Require").contains("recipient-list-subscribe") ? request.answer(420, "Bad Extension",
                        "Unsupported: recipient-list-subscribe\r\n")
                        : request.answer(200, "OK", "Contact: <sip:notifier@127.0.0.1:" + sip.port() + ">\r\nExpires: " + granted(request) + "\r\n")
                : request.answer(200, "OK", ""));
    }

    public static ScriptedNotifier open() {
        return new ScriptedNotifier();
    }

    private int granted(Message subscribe) {
        return Math.min(granted, Integer.parseInt("0" + subscribe.header("Expires")));
    }

    /** Grants so many seconds at most. */
    public ScriptedNotifier granting(int seconds) {
        granted = seconds;
        return this;
    }

    public RawSip sip() {
        return sip;
    }

    public String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + sip.port();
    }

    /** The {@code nth} SUBSCRIBE, from 1; waits for it. */
    public Message subscribe(int nth) {
        Awaitility.await("SUBSCRIBE " + nth).atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10))
                .until(() -> sip.requests("SUBSCRIBE").size() >= nth);
        return sip.requests("SUBSCRIBE").get(nth - 1);
    }

    /** A NOTIFY in the dialog of a SUBSCRIBE, ready to be changed and sent to {@link #portOf}. */
    public RawSip.Request notify(Message subscribe, String state) {
        return notify(subscribe, state, "raw", cseq.incrementAndGet());
    }

    public RawSip.Request notify(Message subscribe, String state, String ownTag, int number) {
        String contact = subscribe.header("Contact");
        String uri = contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
        String from = subscribe.header("From");
        String to = subscribe.header("To");
        return sip.request("NOTIFY", uri).from(to.substring(to.indexOf('<') + 1, to.indexOf('>')))
                .to(from.substring(from.indexOf('<') + 1, from.indexOf('>')))
                .dialog(subscribe.header("Call-ID"), ownTag, subscribe.tag("From"), number)
                .with("Event: " + subscribe.header("Event"), "Subscription-State: " + state);
    }

    /** Sends a NOTIFY with a body; the status that it is answered with. */
    public int tell(Message subscribe, String type, String body) {
        return tell(subscribe, notify(subscribe, "active;expires=600").body(type, body));
    }

    public int tell(Message subscribe, RawSip.Request notify) {
        Message answer = notify.send(portOf(subscribe));
        return answer == null ? 0 : answer.code();
    }

    /** Where the subscriber of a SUBSCRIBE takes requests. */
    public static int portOf(Message subscribe) {
        return subscribe.from().getPort();
    }

    @Override
    public void close() {
        sip.close();
    }
}
