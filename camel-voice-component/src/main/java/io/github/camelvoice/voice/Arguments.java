package io.github.camelvoice.voice;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;

/**
 * The arguments of one operation: a header first, then what {@link VoiceSendDynamicAware} took out of a dynamic URI, then the option
 * of the endpoint.
 */
final class Arguments {

    /** Exchange property with the options of a dynamic URI, by name. */
    static final String DYNAMIC = "CamelVoiceDynamicOptions";

    private static final Pattern TIME = Pattern.compile("(?i)[+-]?[0-9]{1,18}|([0-9]{1,12}\\s*(ms|[dhms])\\s*)+|PT?[0-9].*");

    private final Exchange exchange;
    private final Map<?, ?> dynamic;
    private final Map<?, ?> ignored;

    Arguments(Exchange exchange) {
        this(exchange, Map.of());
    }

    /** @param ignored values that headers have from an operation before, by header: those very objects are no arguments */
    Arguments(Exchange exchange, Map<?, ?> ignored) {
        this.exchange = exchange;
        this.ignored = ignored;
        this.dynamic = exchange.getProperty(DYNAMIC) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Null where nothing, or nothing but white space, was given. */
    String text(String header, String option, String configured) throws VoiceRequestException {
        Object value = value(header, option);
        if (value == null) {
            return blankToNull(configured);
        }
        return blankToNull(convert(header, value, String.class, "text"));
    }

    /** Like {@link #text}, but what the endpoint says comes first: for what names a call. */
    String name(String header, String option, String configured) throws VoiceRequestException {
        String given = blankToNull((String) dynamic.get(option));
        if (given == null) {
            given = blankToNull(configured);
        }
        return given != null ? given : text(header, option, null);
    }

    int number(String header, String option, int configured) throws VoiceRequestException {
        Object value = value(header, option);
        return value == null ? configured : convert(header, value, Integer.class, "a whole number");
    }

    boolean flag(String header, String option, boolean configured) throws VoiceRequestException {
        Object value = value(header, option);
        if (value == null || value instanceof Boolean) {
            return value == null ? configured : (Boolean) value;
        }
        String word = value.toString().trim();
        if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
            throw new VoiceRequestException("header " + header + " must be true or false: " + word);
        }
        return Boolean.parseBoolean(word);
    }

    Duration time(String header, String option, long configuredMillis) throws VoiceRequestException {
        Object value = value(header, option);
        return value == null ? Duration.ofMillis(configuredMillis) : time(header, value);
    }

    /** @throws VoiceRequestException if the value of the header is no time */
    static Duration time(String header, Object value) throws VoiceRequestException {
        if (value instanceof Duration duration) {
            return duration;
        }
        if (value instanceof Number number) {
            return Duration.ofMillis(number.longValue());
        }
        try {
            if (isTime(value.toString().trim())) {
                return Duration.ofMillis(TimeUtils.toMilliSeconds(value.toString().trim()));
            }
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new VoiceRequestException("header " + header + " is out of range: " + value);
        }
        throw new VoiceRequestException("header " + header + " must be milliseconds or a time such as 30s: " + value);
    }

    /** Whether Camel reads it as the time it looks like: what it does not know counts as nothing there. */
    static boolean isTime(String text) {
        return TIME.matcher(text).matches();
    }

    <E extends Enum<E>> E choice(String header, String option, String configured, Class<E> type) throws VoiceRequestException {
        return choice(option, text(header, option, configured), type);
    }

    /** @throws VoiceRequestException listing what there is */
    static <E extends Enum<E>> E choice(String option, String word, Class<E> type) throws VoiceRequestException {
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(word)) {
                return each;
            }
        }
        throw new VoiceRequestException(option + " has no value '" + word + "'; there are "
                + Arrays.stream(type.getEnumConstants()).map(each -> each.name().toLowerCase(java.util.Locale.ROOT)).toList());
    }

    /** Values between commas; empty where nothing was given. */
    List<String> list(String header, String option, String configured) throws VoiceRequestException {
        return list(text(header, option, configured));
    }

    static List<String> list(String text) {
        return text == null ? List.of() : Arrays.stream(text.split(",")).map(String::trim).filter(each -> !each.isEmpty()).toList();
    }

    /** @param header null where none has a say @param option null where no option has */
    private Object value(String header, String option) {
        Object value = header == null ? null : exchange.getMessage().getHeader(header);
        return value != null && value != ignored.get(header) ? value : option == null ? null : dynamic.get(option);
    }

    private <T> T convert(String header, Object value, Class<T> type, String what) throws VoiceRequestException {
        T converted = exchange.getContext().getTypeConverter().tryConvertTo(type, exchange, value);
        if (converted == null) {
            throw new VoiceRequestException("header " + header + " must be " + what + ": " + value);
        }
        return converted;
    }

    static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
