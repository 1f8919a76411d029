package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderNames;
import gov.nist.javax.sip.header.SIPHeaderNamesCache;
import gov.nist.javax.sip.parser.AllowParser;
import gov.nist.javax.sip.parser.ContactParser;
import gov.nist.javax.sip.parser.ContentTypeParser;
import gov.nist.javax.sip.parser.FromParser;
import gov.nist.javax.sip.parser.ParserFactory;
import gov.nist.javax.sip.parser.RecordRouteParser;
import gov.nist.javax.sip.parser.ReferToParser;
import gov.nist.javax.sip.parser.RouteParser;
import gov.nist.javax.sip.parser.SupportedParser;
import gov.nist.javax.sip.parser.ToParser;
import gov.nist.javax.sip.parser.ViaParser;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.InvalidArgumentException;

/**
 * Chooses the parser of a header field. JAIN-SIP's own choice makes each parser by reflection, and remembers every spelling of
 * every name that ever came in a static table without bound, which anybody can fill from outside. Here the usual fields are made
 * directly; all that JAIN-SIP knows are handed to it in one spelling; of the rest only so many names get into its table.
 */
final class HeaderFields {

    /** Names that JAIN-SIP does not know, of all peers together. Beyond, its table is emptied, so that nobody can use up the room. */
    static final int MAX_NAMES = 2000;
    private static final int MAX_NAME = 64;
    private static final int MAX_CSEQ_DIGITS = 10;

    private static final Set<String> KNOWN = known();
    private static final Map<?, ?> TABLE = table();

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private static Set<String> known() {
        Set<String> known = new HashSet<>(Set.of("a", "b", "c", "d", "e", "f", "i", "j", "k", "l", "m", "o", "r", "s", "t", "u", "v", "x"));
        for (Field field : SIPHeaderNames.class.getFields()) {
            if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                try {
                    known.add(((String) field.get(null)).toLowerCase(Locale.ROOT));
                } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
        return Set.copyOf(known);
    }

    /**
     * @param name  as it came
     * @param value unfolded and trimmed
     * @return null if the field is to be left out
     */
    SIPHeader parse(String name, String lowerCase, String value) throws ParseException {
        return switch (lowerCase) {
            case "via", "v" -> new ViaParser("Via: " + value + "\n").parse();
            case "from", "f" -> new FromParser("From: " + value + "\n").parse();
            case "to", "t" -> new ToParser("To: " + value + "\n").parse();
            case "call-id", "i" -> callId(value);
            case "cseq" -> cseq(value);
            case "contact", "m" -> new ContactParser("Contact: " + value + "\n").parse();
            case "max-forwards" -> maxForwards(value);
            case "content-length", "l" -> new ContentLength((int) number(value, 9));
            case "content-type", "c" -> new ContentTypeParser("Content-Type: " + value + "\n").parse();
            case "route" -> new RouteParser("Route: " + value + "\n").parse();
            case "record-route" -> new RecordRouteParser("Record-Route: " + value + "\n").parse();
            case "allow" -> new AllowParser("Allow: " + value + "\n").parse();
            case "supported", "k" -> new SupportedParser("Supported: " + value + "\n").parse();
            // Not among the names that JAIN-SIP lists, though it has a parser for it.
            case "refer-to", "r" -> new ReferToParser("Refer-To: " + value + "\n").parse();
            default -> other(name, lowerCase, value);
        };
    }

    private SIPHeader other(String name, String lowerCase, String value) throws ParseException {
        if (KNOWN.contains(lowerCase)) {
            return ParserFactory.createParser(lowerCase + ": " + value + "\n").parse();
        }
        if (!names.contains(name) && (name.length() > MAX_NAME || !learn(name))) {
            return null;
        }
        ExtensionHeaderImpl header = new ExtensionHeaderImpl(name);
        header.setValue(value);
        return header;
    }

    private boolean learn(String name) {
        if (names.size() >= MAX_NAMES) {
            if (TABLE == null) {
                return false;
            }
            names.clear();
            TABLE.clear();
        }
        names.add(name);
        return true;
    }

    /** JAIN-SIP's table of spellings, which it fills again as needed; null where Java does not let us at it. */
    private static Map<?, ?> table() {
        try {
            Field field = SIPHeaderNamesCache.class.getDeclaredField("lowercaseMap");
            field.setAccessible(true);
            return field.get(null) instanceof ConcurrentHashMap<?, ?> map ? map : null;
        } catch (ReflectiveOperationException | InaccessibleObjectException | SecurityException closed) {
            return null;
        }
    }

    private static CallID callId(String value) throws ParseException {
        boolean word = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            word &= value.charAt(i) > ' ' && value.charAt(i) != 127;
        }
        if (!word) {
            throw new ParseException("Call-ID", 0);
        }
        CallID header = new CallID();
        header.setCallId(value);
        return header;
    }

    private static CSeq cseq(String value) throws ParseException {
        int blank = 0;
        while (blank < value.length() && value.charAt(blank) != ' ' && value.charAt(blank) != '\t') {
            blank++;
        }
        String method = value.substring(blank).trim();
        long number = number(value.substring(0, blank), MAX_CSEQ_DIGITS);
        if (number > Integer.MAX_VALUE || method.isEmpty() || !isToken(method)) {
            throw new ParseException("CSeq", 0);
        }
        return new CSeq(number, method);
    }

    private static MaxForwards maxForwards(String value) throws ParseException {
        try {
            return new MaxForwards((int) number(value, 3));
        } catch (InvalidArgumentException tooMuch) {
            throw new ParseException("Max-Forwards", 0);
        }
    }

    private static long number(String text, int maxDigits) throws ParseException {
        int length = text.length();
        if (length == 0 || length > maxDigits) {
            throw new ParseException("no number", 0);
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new ParseException("no number", i);
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && "-.!%*_+`'~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Names in JAIN-SIP's table that came from outside. */
    int extensionNames() {
        return names.size();
    }
}
