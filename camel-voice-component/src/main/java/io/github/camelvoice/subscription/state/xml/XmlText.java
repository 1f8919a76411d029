package io.github.camelvoice.subscription.state.xml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From bytes to characters (RFC 7303, section 3): the byte order mark decides, then the media type, then the declaration, else UTF-8. */
final class XmlText {

    private static final Pattern DECLARED = Pattern.compile("^<\\?xml\\s[^>]{0,100}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final Map<String, Charset> KNOWN = Map.of("utf-8", StandardCharsets.UTF_8, "utf8", StandardCharsets.UTF_8, "us-ascii",
            StandardCharsets.US_ASCII, "iso-8859-1", StandardCharsets.ISO_8859_1, "latin1", StandardCharsets.ISO_8859_1, "windows-1252",
            Charset.forName("windows-1252"), "utf-16", StandardCharsets.UTF_16, "utf-16be", StandardCharsets.UTF_16BE, "utf-16le",
            StandardCharsets.UTF_16LE);

    private XmlText() {
    }

    static String decode(byte[] bytes, String charset) throws XmlException {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return strict(bytes, 3, StandardCharsets.UTF_8);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return strict(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (starts(bytes, 0xFF, 0xFE)) {
            return strict(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (charset != null) {
            return strict(bytes, 0, known(charset));
        }
        String head = new String(bytes, 0, Math.min(bytes.length, 160), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(head);
        Charset found = declared.find() ? known(declared.group(1)) : StandardCharsets.UTF_8;
        if (found.name().startsWith("UTF-16")) {
            throw new XmlException("declares an encoding that it does not have", "", 1, 1);
        }
        return strict(bytes, 0, found);
    }

    private static Charset known(String name) throws XmlException {
        Charset charset = KNOWN.get(name.toLowerCase(Locale.ROOT));
        if (charset == null) {
            throw new XmlException("has an encoding that is not read; UTF-8 is", "", 1, 1);
        }
        return charset;
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String strict(byte[] bytes, int from, Charset charset) throws XmlException {
        try {
            return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from)).toString();
        } catch (CharacterCodingException e) {
            throw new XmlException("is not " + charset.name(), "", 0, 0);
        }
    }
}
