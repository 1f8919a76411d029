package io.github.camelvoice.webhook;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallStatus;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.UriPasswords;
import io.github.camelvoice.callback.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The parameters that every request about a call has, in one place. What has no value is left out. Values are those of the far end: control
 * characters in them become question marks, and long ones are cut.
 */
public final class CallParameters {

    /** Value of {@code ApiVersion}. */
    public static final String API_VERSION = "2010-04-01";
    private static final int MOST_VALUE = 1_024;
    /** Characters that names and values of headers may take together. */
    private static final int MOST_HEADERS = 16_384;
    private static final String HEADER = "SipHeader_";

    private CallParameters() {
    }

    /** What is told of a call, as it is now. */
    public static Form of(CallSnapshot call) {
        return of(call, CallStatus.of(call));
    }

    static Form of(CallSnapshot call, CallStatus status) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        add(fields, "CallSid", call.callId());
        add(fields, "AccountSid", call.account());
        add(fields, "From", call.from().uri());
        add(fields, "To", call.to().uri());
        add(fields, "Caller", call.from().uri());
        add(fields, "Called", call.to().uri());
        add(fields, "CallStatus", status.word());
        add(fields, "ApiVersion", API_VERSION);
        add(fields, "Direction", direction(call));
        add(fields, "ParentCallSid", call.parentCallId());
        add(fields, "CallerName", call.from().displayName());
        if (call.direction() == CallDirection.INBOUND) {
            add(fields, "ForwardedFrom", Forwarding.from(call.responseHeaders()));
        }
        return new Form(fields);
    }

    /**
     * What a request for a document has beside: how the call stands in SIP, and the headers with {@code X-} of its INVITE, or of the answer to
     * ours.
     */
    public static Form ofSip(CallSnapshot call) {
        List<Map.Entry<String, String>> fields = new ArrayList<>(of(call).fields());
        add(fields, "SipCallId", call.sipCallId());
        if (call.direction() == CallDirection.INBOUND) {
            add(fields, "SipDomain", host(call.calledUri()));
            add(fields, "SipUsername", call.authenticatedUser());
            add(fields, "SipSourceIp", address(call.remoteAddress()));
        } else {
            add(fields, "SipDomain", call.to().host());
        }
        fields.addAll(headers(HEADER, call.responseHeaders()));
        return new Form(fields);
    }

    /** {@code inbound}, {@code outbound-api}, {@code outbound-dial}: a call that was placed for another one is the last. */
    public static String direction(CallSnapshot call) {
        return call.direction() == CallDirection.INBOUND ? "inbound" : call.parentCallId() == null ? "outbound-api" : "outbound-dial";
    }

    /**
     * Headers whose names begin with {@code X-}, as parameters; of those with one name the first, up to 16 kB in all.
     *
     * @param prefix {@code SipHeader_}, {@code DialSipHeader_}
     */
    public static List<Map.Entry<String, String>> headers(String prefix, SipHeaders headers) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int room = MOST_HEADERS;
        for (SipHeaders.Field field : headers) {
            String name = field.name().toLowerCase(Locale.ROOT);
            room -= name.length() + Math.min(field.value().length(), MOST_VALUE);
            if (name.matches("x-[a-z0-9!%*_+`'~.-]{1,126}") && room >= 0 && seen.add(name)) {
                add(fields, prefix + field.name(), field.value());
            }
        }
        return fields;
    }

    static void add(List<Map.Entry<String, String>> fields, String name, String value) {
        if (value != null && !value.isEmpty()) {
            fields.add(Map.entry(name, clean(value)));
        }
    }

    private static String clean(String value) {
        String hidden = UriPasswords.hide(value);
        StringBuilder clean = new StringBuilder(Math.min(hidden.length(), MOST_VALUE));
        for (int i = 0; i < hidden.length() && clean.length() < MOST_VALUE; i++) {
            char c = hidden.charAt(i);
            clean.append(Character.isISOControl(c) ? '?' : c);
        }
        return clean.toString();
    }

    /** Of {@code sip:user@host:port;parameters}. */
    private static String host(String uri) {
        String rest = uri.substring(Math.max(uri.indexOf(':'), uri.lastIndexOf('@')) + 1).split("[;?>]", 2)[0];
        return rest.startsWith("[") ? rest.substring(0, rest.indexOf(']') + 1) : rest.split(":", 2)[0];
    }

    /** Of {@code address:port}. */
    private static String address(String remote) {
        int colon = remote.lastIndexOf(':');
        return colon < 0 ? remote : remote.substring(0, colon);
    }
}
