package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.runtime.Timers;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digits in INFO requests, as {@code application/dtmf-relay} (Signal and Duration lines) and {@code application/dtmf} (the digit alone)
 * carry them: no RFC, but what gateways and phones have agreed on.
 */
final class InfoDtmf {

    private static final Pattern SIGNAL = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*(\\d{1,2}|[*#A-Da-d])\\s*$");
    private static final Pattern DURATION = Pattern.compile("(?im)^\\s*Duration\\s*=\\s*(\\d{1,5})\\s*$");
    private static final int DEFAULT_MILLIS = 160;
    private static final int PAUSE_MILLIS = 500;

    private InfoDtmf() {
    }

    /** A digit that came. */
    record Digit(char digit, int durationMillis) {
    }

    static Optional<Digit> parse(SignalEvent.InfoReceived info) {
        String type = info.contentType() == null ? "" : info.contentType().toLowerCase(Locale.ROOT);
        String body = info.body() == null ? "" : info.body();
        if (type.startsWith("application/dtmf-relay")) {
            Matcher signal = SIGNAL.matcher(body);
            if (!signal.find()) {
                return Optional.empty();
            }
            Matcher duration = DURATION.matcher(body);
            int millis = duration.find() ? Integer.parseInt(duration.group(1)) : DEFAULT_MILLIS;
            return digit(signal.group(1)).map(c -> new Digit(c, millis));
        }
        if (type.startsWith("application/dtmf")) {
            return digit(body.trim()).map(c -> new Digit(c, DEFAULT_MILLIS));
        }
        return Optional.empty();
    }

    /** Event codes of RFC 4733 (10 is the star, 11 the pound) are as common as the characters. */
    private static Optional<Character> digit(String text) {
        if (text.length() == 1 && "0123456789*#ABCDabcd".contains(text)) {
            return Optional.of(Character.toUpperCase(text.charAt(0)));
        }
        return switch (text) {
            case "10" -> Optional.of('*');
            case "11" -> Optional.of('#');
            case "12", "13", "14", "15" -> Optional.of((char) ('A' + Integer.parseInt(text) - 12));
            default -> Optional.empty();
        };
    }

    /** Sends one digit. */
    static void send(SignallingLeg leg, char digit, int millis) {
        leg.info("application/dtmf-relay", "Signal=" + digit + "\r\nDuration=" + millis + "\r\n");
    }

    /** Sends the digits one after another, then runs {@code done}; all on the mailbox. */
    static void send(SignallingLeg leg, CallCommand.SendDtmf command, int from, Timers timers, Executor mailbox, Runnable done) {
        if (from == command.digits().length()) {
            done.run();
            return;
        }
        char digit = command.digits().charAt(from);
        int wait = PAUSE_MILLIS;
        if (digit != 'w') {
            send(leg, digit, command.toneMillis());
            wait = command.toneMillis() + command.gapMillis();
        }
        timers.schedule(wait, TimeUnit.MILLISECONDS, mailbox, () -> send(leg, command, from + 1, timers, mailbox, done));
    }
}
