package io.github.camelvoice.sip.dialog;

import gov.nist.core.CommonLogger;
import gov.nist.core.StackLogger;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.header.ViaList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/** Messages as text. */
public final class Wire {

    static {
        if (CommonLogger.legacyLogger == null) {
            CommonLogger.legacyLogger = (StackLogger) Proxy.newProxyInstance(Wire.class.getClassLoader(), new Class<?>[] {StackLogger.class},
                    (proxy, method, args) -> {
                        Class<?> type = method.getReturnType();
                        return type == boolean.class ? Boolean.FALSE : type == int.class ? Integer.valueOf(0) : null;
                    });
        }
    }

    private Wire() {
    }

    public static SIPMessage parse(String text) {
        try {
            return new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, null);
        } catch (ParseException malformed) {
            throw new AssertionError(text, malformed);
        }
    }

    public static ViaList via(String branch) {
        try {
            Via via = new Via();
            via.setTransport("UDP");
            via.setHost("127.0.0.1");
            via.setPort(5060);
            via.setBranch(branch);
            ViaList list = new ViaList();
            list.add(via);
            return list;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
