package io.github.camelvoice.webhook;

import io.github.camelvoice.document.ApplicationException;
import io.github.camelvoice.outbound.HttpAnswer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an application may answer: XML, or nothing at all. */
final class Answers {

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([A-Za-z0-9._:-]{1,40})");
    private static final Pattern DECLARED = Pattern.compile("^<\\?xml[^>]{0,200}encoding=[\"']([A-Za-z0-9._:-]{1,40})[\"']");

    private Answers() {
    }

    /**
     * The text of an answer, empty for none.
     *
     * @throws ApplicationException if it is no success, or of another kind
     */
    static String text(HttpAnswer answer) throws ApplicationException {
        if (!answer.isSuccess()) {
            throw Trouble.NOT_FETCHED.because("it answered " + answer.status());
        }
        if (answer.status() == 204 || answer.body().length == 0) {
            return "";
        }
        String text = answer.text(charset(answer)).replaceFirst("^\uFEFF", "");
        String type = answer.mediaType();
        boolean xml = type.equals("text/xml") || type.equals("application/xml") || type.endsWith("+xml") || type.equals("text/html");
        boolean untyped = type.isEmpty() || type.equals("text/plain") || type.equals("application/octet-stream");
        if (text.isBlank()) {
            return "";
        }
        if (!xml && !(untyped && text.stripLeading().startsWith("<"))) {
            throw Trouble.MEDIA_TYPE.because("it answered with " + (type.isEmpty() ? "something" : type) + ", which is no XML");
        }
        if (!text.stripLeading().startsWith("<")) {
            throw Trouble.NO_DOCUMENT.because("its answer is no XML");
        }
        return text;
    }

    /** As the header says, else the declaration of the document, else UTF-8. */
    private static Charset charset(HttpAnswer answer) {
        String type = answer.header("content-type");
        Matcher said = CHARSET.matcher(type == null ? "" : type);
        if (said.find()) {
            return charset(said.group(1));
        }
        byte[] body = answer.body();
        Matcher declared = DECLARED.matcher(new String(body, 0, Math.min(body.length, 256), StandardCharsets.ISO_8859_1));
        return declared.find() ? charset(declared.group(1)) : StandardCharsets.UTF_8;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
