package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The log as the jar writes it. */
class LogFormatTest {

    @Test
    void whatAStrangerSentStartsNoLineAndSteersNoTerminal() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
        ConsoleAppender<?> appender = (ConsoleAppender<?>) context.getLogger("ROOT").getAppender("stdout");
        PatternLayoutEncoder encoder = (PatternLayoutEncoder) appender.getEncoder();
        String hostile = "[x] ended: busy (486 \u001b[2Jbusy\r\n00:00:00.000 ERROR Faked \u009b31m \u007f\u0000\u0008)\tü";
        LoggingEvent event = new LoggingEvent("x", context.getLogger("a.LiveCall"), Level.INFO, hostile, null, null);
        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(line.strip()).endsWith("INFO  LiveCall - [x] ended: busy (486 ?[2Jbusy??00:00:00.000 ERROR Faked ?31m ???)\tü");
        context.stop();
    }
}
