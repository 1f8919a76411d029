package io.github.camelvoice.outbound;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request, whatever its status.
 *
 * @param status  200 to 599
 * @param headers names in lower case, values in the order of arrival
 * @param body    what was read of it: all, or the beginning where the call discards the rest; not copied
 * @param url     where it came from in the end, after redirects
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body, String url) {

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether the same request may get a better answer later: 408, 425, 429 and 5xx. */
    public boolean isRetryable() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    /** The first value of a header, null for none. */
    public String header(String name) {
        List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    /** Media type without parameters, in lower case; empty for none. */
    public String mediaType() {
        String type = header("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
    }

    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    public String text(Charset charset) {
        return new String(body, charset);
    }

    /** Without body and headers. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes]";
    }
}
