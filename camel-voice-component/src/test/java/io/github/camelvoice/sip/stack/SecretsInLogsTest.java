package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.SipConfig;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever the level, no log line holds what proves a password, nor the key of encrypted audio. */
class SecretsInLogsTest {

    private static final String SECRET = "5ec2e75ec2e7";
    private static final String DIGEST = "Digest username=\"alice\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", response=\"" + SECRET + "\"";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.camelvoice");
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(event.getFormattedMessage());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                line.append(' ').append(cause.getMessage());
            }
            lines.add(line.toString());
        }
    };
    private Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
        listener.setContext(logger.getLoggerContext());
        listener.start();
        logger.addAppender(listener);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(listener);
        logger.setAdditive(true);
        logger.setLevel(before);
    }

    @Test
    void ofCallers() {
        try (StackRig rig = StackRig.start(SipConfig.loopback().withUsers(Map.of("alice", "wonder")))) {
            for (String credentials : List.of(DIGEST, "Digest response=\"" + SECRET, "Digest response=" + SECRET + ",,=\"", "Digest " + SECRET,
                    "Basic " + SECRET, SECRET, "Digest response=\"" + SECRET + "\" nc=zz, x=\u0001", "=" + SECRET, "Digest =" + SECRET)) {
                for (String name : List.of("Authorization", "Proxy-Authorization", "Authorization ")) {
                    try (UdpPeer peer = new UdpPeer(rig.port())) {
                        peer.send(Text.request("INVITE", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), name + ": " + credentials));
                        peer.receive(2000);
                        peer.ping();
                    }
                }
            }
        }
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void ofCallsInAndOut() {
        try (StackRig a = StackRig.start(SipConfig.loopback()); StackRig b = StackRig.start(SipConfig.loopback())) {
            b.onRequest = asked -> asked.respond(StackRig.response(asked, 486));
            String text = Text.request("INVITE", b.uri("127.0.0.1", "udp"), "UDP", "x:1", "Authorization: " + DIGEST, "Content-Type: application/sdp");
            String sdp = "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + SECRET + "\r\n";
            SIPRequest request = StackRig.parse(text.replace("Content-Length: 0\r\n\r\n", "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp));
            request.removeHeader("Via");
            Heard heard = new Heard();
            a.host.send(request, heard, Runnable::run);
            String last = heard.next();
            while (!last.equals("486")) {
                last = heard.next();
            }
        }
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    }
}
