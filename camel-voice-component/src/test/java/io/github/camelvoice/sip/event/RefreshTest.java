package io.github.camelvoice.sip.event;

import static io.github.camelvoice.sip.event.SubscriberRig.ACTIVE;
import static io.github.camelvoice.sip.event.SubscriberRig.expires;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.RefreshTime;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.subscription.spi.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions that last. */
class RefreshTest {

    private final SubscriberRig rig = new SubscriberRig();

    @Test
    void beforeItExpiresAtATimeOfItsOwn() {
        assertThat(RefreshTime.of(3600, 0)).isEqualTo(3560);
        assertThat(RefreshTime.of(3600, 0.999999)).isBetween(2848.0, 2849.0);
        assertThat(RefreshTime.of(60, 0)).isEqualTo(30);
        assertThat(RefreshTime.of(1, 0.9)).isEqualTo(0.5);
        rig.random = 0;
        rig.open();
        rig.pass(3559);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(1);
        rig.pass(2);
        assertThat(rig.lastHeader("Expires")).isEqualTo("3600");
        assertThat(rig.lastHeader("CSeq")).isEqualTo("2 SUBSCRIBE");
        rig.last().respond(200, null, null, expires(3600));
        assertThat(rig.notify(2, ACTIVE).send().code()).isEqualTo(200);
        rig.pass(3559);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(2);
        rig.pass(2);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(3);
        assertThat(rig.told()).containsExactly("n1 active");
    }

    @Test
    void theNotifierMayShorten() {
        rig.random = 0;
        rig.open();
        rig.notify(2, "active;expires=100").send();
        rig.pass(61);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(2);
        rig.last().respond(200, null, null, expires(50));
        rig.notify(3, "active;expires=50").send();
        rig.pass(26);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(3);
    }

    @Test
    void butNotLengthen() {
        rig.random = 0;
        rig.open();
        rig.notify(2, "active;expires=86400").send();
        rig.pass(3561);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(2);
    }

    @Test
    void manyNotifiesLeaveTheTimeAsItIs() {
        rig.random = 0;
        rig.open();
        for (int i = 0; i < 100; i++) {
            rig.pass(10);
            rig.random = 0.9;
            rig.notify(2 + i, "active;expires=" + (3600 - 10 * (i + 1))).send();
        }
        rig.pass(2561);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(2);
        rig.pass(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 603, 604})
    void whatEndsIt(int code) {
        rig.open();
        rig.pass(3599);
        rig.last().respond(code, null, null);
        assertThat(rig.told()).containsExactly("ended REFRESH_FAILED " + code);
        rig.assertNothingLeft();
    }

    @Test
    void silenceEndsIt() {
        rig.open();
        rig.pass(3599);
        rig.last().timeout();
        assertThat(rig.told()).containsExactly("ended REFRESH_FAILED 408");
        rig.assertNothingLeft();
    }

    @Test
    void aServerInTroubleIsAskedAgainWhileThereIsTime() {
        rig.random = 0;
        Usage usage = rig.open();
        rig.pass(2000);
        rig.run(usage::refresh);
        rig.last().respond(503, null, null, new RawHeader("Retry-After", "120"));
        rig.pass(119);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(2);
        rig.pass(2);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(3);
        rig.last().respond(500, null, null, new RawHeader("Retry-After", "100000"));
        rig.pass(1470);
        assertThat(rig.told()).as("as long as it was granted").isEmpty();
        rig.pass(30);
        assertThat(rig.told()).containsExactly("ended REFRESH_FAILED 500");
        rig.assertNothingLeft();
    }

    @Test
    void tooBriefForARefresh() {
        rig.open();
        rig.pass(3599);
        rig.last().respond(423, null, null, new RawHeader("Min-Expires", "7200"));
        assertThat(rig.lastHeader("Expires")).isEqualTo("7200");
        rig.last().respond(423, null, null, new RawHeader("Min-Expires", "9000"));
        assertThat(rig.told()).containsExactly("ended REFRESH_FAILED 423");
        rig.assertNothingLeft();
    }

    @Test
    void aRefreshIsOwedANotify() {
        rig.open();
        rig.pass(3599);
        rig.last().respond(200, null, null, expires(3600));
        rig.pass(33);
        assertThat(rig.told()).containsExactly("ended NO_NOTIFY");
        rig.assertNothingLeft();
    }

    @Test
    void theNotifyOfARefreshMayComeBeforeItsAnswer() {
        rig.open();
        rig.pass(3599);
        rig.notify(2, ACTIVE).send();
        rig.last().respond(200, null, null, expires(3600));
        rig.pass(33);
        assertThat(rig.told()).containsExactly("n1 active");
    }

    @Test
    void askedForFullState() {
        Usage usage = rig.open();
        rig.run(usage::refresh);
        rig.run(usage::refresh);
        assertThat(rig.door.count("SUBSCRIBE")).as("one at a time").isEqualTo(2);
        rig.last().respond(200, null, null, expires(3600));
        rig.notify(2, ACTIVE).send();
        assertThat(rig.told()).containsExactly("n1 active");
    }

    @Test
    void unsubscribedDuringARefresh() {
        Usage usage = rig.open();
        rig.run(usage::refresh);
        var refresh = rig.last();
        rig.run(usage::end);
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
        refresh.respond(200, null, null, expires(3600));
        rig.last().respond(200, null, null, expires(0));
        rig.notify(2, "terminated").send();
        assertThat(rig.told()).containsExactly("n1 terminated", "ended UNSUBSCRIBED");
        rig.assertNothingLeft();
    }
}
