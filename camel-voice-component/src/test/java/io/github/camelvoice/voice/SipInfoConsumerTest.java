package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.trace.SipInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

/** voice:sipinfo as a consumer: each call that ended, in order, at least once. Time moves by hand. */
class SipInfoConsumerTest extends VoiceRouteTest {

    private final List<Exchange> seen = new CopyOnWriteArrayList<>();
    private volatile String failing;

    private void records(String id, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:sipinfo" + options).routeId(id).process(exchange -> {
                    seen.add(exchange.copy());
                    if (failing != null && failing.equals(exchange.getMessage().getHeader(VoiceConstants.CALL_ID))) {
                        throw new IllegalStateException("no " + failing);
                    }
                });
            }
        });
    }

    private FakeTrace begins(String callId) {
        return new FakeTrace(engine.archive, engine.timers, callId);
    }

    private void ends(String... callIds) {
        for (String callId : callIds) {
            begins(callId).ends().answersBye();
        }
    }

    private VoiceSipInfoConsumer voice(String id) {
        return (VoiceSipInfoConsumer) context.getRoute(id).getConsumer();
    }

    /** Time goes on until the route has had this many. */
    private void until(int count) {
        eventually(() -> {
            pass(Duration.ofMillis(100));
            return seen.size() >= count;
        });
        assertThat(seen).hasSize(count);
    }

    private void pass(Duration time) {
        engine.timers.advance(time);
        context.getRoutes().stream().map(route -> route.getConsumer()).filter(VoiceSipInfoConsumer.class::isInstance)
                .forEach(consumer -> ((VoiceSipInfoConsumer) consumer).wake());
    }

    private List<Object> ids() {
        return seen.stream().map(exchange -> exchange.getMessage().getHeader(VoiceConstants.CALL_ID)).toList();
    }

    @Test
    void oneExchangePerCallInTheOrderOfTheirEnds() throws Exception {
        records("r", "");
        FakeTrace longer = begins("t-1");
        ends("t-2", "t-3");
        longer.ends().answersBye();
        until(3);
        assertThat(ids()).containsExactly("t-2", "t-3", "t-1");
        Exchange first = seen.get(0);
        SipInfo info = first.getMessage().getBody(SipInfo.class);
        assertThat(info.messages()).hasSize(3);
        assertThat(info.name()).isEqualTo("projects/default/calls/t-2/sipInfo");
        assertThat(first.getMessage().getHeaders()).containsEntry(VoiceConstants.SIP_CALL_ID, "t-2@sip").containsEntry(VoiceConstants.DIRECTION, "INBOUND")
                .containsEntry(VoiceConstants.FROM_URI, "sip:alice@127.0.0.1").containsEntry(VoiceConstants.TO_URI, "sip:bob@127.0.0.1")
                .containsEntry(VoiceConstants.CAUSE, "normal").containsEntry(VoiceConstants.ENDED_BY, "REMOTE").containsEntry(VoiceConstants.SIP_CODE, 200)
                .containsEntry(VoiceConstants.CODEC, "PCMU").containsEntry(VoiceConstants.TRANSPORT, "udp").containsEntry(VoiceConstants.ATTEMPT, 1)
                .containsEntry(VoiceConstants.AUTHENTICATED_USER, "alice").containsKey(VoiceConstants.END_REASON)
                .doesNotContainKeys(Exchange.CONTENT_TYPE, VoiceConstants.BRIDGED_CALL_ID);
        eventually(() -> engine.archive.pending("r", 10).isEmpty());
        assertThat(voice("r").getDeliveredCalls()).isEqualTo(3);
    }

    @Test
    void aCallIsHandedOnWhenNothingIsSaidAnyMore() throws Exception {
        records("r", "?settleTime=2s");
        FakeTrace call = begins("t-1").ends();
        pass(Duration.ofMillis(1_500));
        call.answersBye();
        pass(Duration.ofMillis(1_500));
        assertThat(engine.archive.pending("r", 10)).hasSize(1);
        assertThat(seen).isEmpty();
        pass(Duration.ofMillis(500));
        eventually(() -> seen.size() == 1);
        assertThat(seen.get(0).getMessage().getBody(SipInfo.class).messages()).hasSize(3);
    }

    @Test
    void aCallThatIsNeverQuietHoldsUpTheOthersForFiveTimesTheSettleTime() throws Exception {
        records("r", "?settleTime=1s");
        FakeTrace chatty = begins("t-1").ends();
        ends("t-2");
        eventually(() -> voice("r").getPendingExchangesSize() == 0);
        for (int i = 0; i < 9; i++) {
            pass(Duration.ofMillis(500));
            chatty.hears("BYE sip:us@127.0.0.1 SIP/2.0", "Call-ID: " + chatty.sipCallId(), "CSeq: 2 BYE");
        }
        assertThat(seen).isEmpty();
        until(2);
        assertThat(ids()).containsExactly("t-1", "t-2");
    }

    @Test
    void aFailedOneIsTriedAgainAndHoldsTheOrder() throws Exception {
        failing = "t-1";
        records("r", "?retryDelay=1s&retryMaxDelay=3s&settleTime=0");
        ends("t-1", "t-2");
        until(1);
        eventually(() -> voice("r").trouble() != null);
        assertThat(voice("r").trouble()).contains("t-1").contains("no t-1");
        until(3);
        failing = null;
        until(5);
        assertThat(ids()).containsExactly("t-1", "t-1", "t-1", "t-1", "t-2");
        assertThat(seen).extracting(exchange -> exchange.getMessage().getHeader(VoiceConstants.ATTEMPT)).containsExactly(1, 2, 3, 4, 1);
        eventually(() -> voice("r").trouble() == null && voice("r").getDeliveredCalls() == 2);
        assertThat(voice("r").getFailedTries()).isEqualTo(3);
    }

    @Test
    void afterTheLastRetryACallIsSkipped() throws Exception {
        failing = "t-1";
        records("r", "?retryDelay=100ms&maxRetries=2");
        ends("t-1", "t-2");
        until(4);
        assertThat(ids()).containsExactly("t-1", "t-1", "t-1", "t-2");
        assertThat(voice("r").getSkippedCalls()).isEqualTo(1);
        assertThat(voice("r").trouble()).isNull();
    }

    @Test
    void whatTheErrorHandlerOfTheRouteTakesIsDelivered() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("mock:dead").maximumRedeliveries(1).redeliveryDelay(0));
                from("voice:sipinfo").routeId("r").throwException(new IllegalStateException("no"));
            }
        });
        getMockEndpoint("mock:dead").expectedMessageCount(1);
        ends("t-1");
        eventually(() -> {
            pass(Duration.ofMillis(500));
            return voice("r").getDeliveredCalls() == 1;
        });
        getMockEndpoint("mock:dead").assertIsSatisfied();
        assertThat(getMockEndpoint("mock:dead").getExchanges().get(0).getMessage().getBody()).isInstanceOf(SipInfo.class);
    }

    @Test
    void anErrorIsAFailureAsWell() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:sipinfo?settleTime=0").routeId("r").process(exchange -> {
                    seen.add(exchange.copy());
                    if (seen.size() < 3) {
                        throw new NoClassDefFoundError("missing/Library");
                    }
                });
            }
        });
        ends("t-1");
        until(3);
        eventually(() -> voice("r").getDeliveredCalls() == 1);
    }

    @Test
    void suspendedAndStoppedRoutesGetWhatTheyMissed() throws Exception {
        records("r", "");
        ends("t-1");
        until(1);
        context.getRouteController().suspendRoute("r");
        ends("t-2");
        pass(Duration.ofSeconds(10));
        context.getRouteController().resumeRoute("r");
        until(2);
        context.getRouteController().stopRoute("r");
        ends("t-3", "t-4");
        pass(Duration.ofSeconds(10));
        assertThat(seen).hasSize(2);
        context.getRouteController().startRoute("r");
        until(4);
        assertThat(ids()).containsExactly("t-1", "t-2", "t-3", "t-4");
    }

    @Test
    void anotherContextOnTheSameStoreGoesOnWhereTheFirstStopped() throws Exception {
        records("r", "");
        ends("t-1");
        until(1);
        context.getRouteController().stopRoute("r");
        context.removeRoute("r");
        ends("t-2");
        records("r", "");
        until(2);
        assertThat(ids()).containsExactly("t-1", "t-2");
    }

    @Test
    void aNewConsumerBeginsWhereItIsTold() throws Exception {
        records("first", "");
        ends("t-1");
        until(1);
        records("latest", "");
        records("all", "?startAt=earliest");
        ends("t-2");
        until(5);
        assertThat(seen.stream().filter(exchange -> "all".equals(exchange.getFromRouteId())).toList()).hasSize(2);
        assertThat(seen.stream().filter(exchange -> "latest".equals(exchange.getFromRouteId())).toList()).hasSize(1);
    }

    @Test
    void namesAreGivenOnce() throws Exception {
        records("r", "?consumerName=archive");
        assertThat(voice("r").getConsumerName()).isEqualTo("archive");
        assertThatThrownBy(() -> records("s", "?consumerName=archive")).hasStackTraceContaining("two consumers of voice:sipinfo have the name 'archive'");
        yaml("- from: { uri: \"voice:sipinfo\", steps: [ { to: \"mock:x\" } ] }");
        assertThatThrownBy(() -> yaml("- from: { uri: \"voice:sipinfo?format=json\", steps: [ { to: \"mock:x\" } ] }"))
                .hasStackTraceContaining("the name 'sipinfo'");
    }

    @Test
    void aStoreThatIsDownIsAskedAgain() throws Exception {
        engine.storeTrouble = "the database is down";
        records("r", "");
        eventually(() -> voice("r").trouble() != null);
        assertThat(voice("r").trouble()).isEqualTo("the store of calls cannot be read: the database is down");
        engine.storeTrouble = null;
        eventually(() -> {
            pass(Duration.ofSeconds(1));
            return voice("r").trouble() == null;
        });
        ends("t-1");
        until(1);
    }

    @Test
    void itsHealthTells() throws Exception {
        records("r", "?settleTime=0");
        HealthCheck check = (HealthCheck) voice("r").getHealthCheck();
        assertThat(check.isReadiness()).isFalse();
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        failing = "t-1";
        ends("t-1");
        eventually(() -> check.call().getState() == HealthCheck.State.DOWN);
        assertThat(check.call().getMessage()).hasValueSatisfying(message -> assertThat(message).contains("t-1"));
        assertThat(check.call().getDetails()).containsEntry("sipinfo.consumer", "r").containsEntry("sipinfo.delivered", 0L);
    }

    @Test
    void aBacklogComesWithoutWaiting() throws Exception {
        records("r", "");
        context.getRouteController().suspendRoute("r");
        for (int i = 0; i < 200; i++) {
            ends("t-" + i);
        }
        engine.timers.advance(Duration.ofSeconds(2));
        context.getRouteController().resumeRoute("r");
        eventually(() -> seen.size() == 200);
        assertThat(ids()).doesNotHaveDuplicates();
    }

    @Test
    void whenTheContextStopsTheLastCallsStillArrive() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        records("records", "?settleTime=0");
        hears(engine.invite("alice", "hello"), "200");
        context.stop();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).getMessage().getHeader(VoiceConstants.ENDED_BY)).isEqualTo("LOCAL");
        assertThat(engine.stopped).isTrue();
    }

    @Test
    void aSuspendedRouteDoesNotHoldUpTheStopOfTheContext() throws Exception {
        records("r", "?settleTime=0");
        failing = "t-1";
        ends("t-1");
        until(1);
        failing = null;
        context.getRouteController().suspendRoute("r");
        ends("t-2");
        long begun = System.nanoTime();
        context.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void aRouteThatHangsDoesNotHoldUpItsOwnStop() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:sipinfo?settleTime=0").routeId("r").process(exchange -> {
                    entered.countDown();
                    new CountDownLatch(1).await();
                });
            }
        });
        ends("t-1");
        entered.await();
        context.getShutdownStrategy().setTimeout(1);
        context.getRouteController().stopRoute("r");
        assertThat(engine.archive.pending("r", 10)).hasSize(1);
    }
}
