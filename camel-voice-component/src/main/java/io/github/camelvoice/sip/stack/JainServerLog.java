package io.github.camelvoice.sip.stack;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/** JAIN-SIP wants a message log; messages are tapped on the wire instead ({@link WireTap}). */
public final class JainServerLog implements ServerLogger {

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        // See WireTap.
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        // See WireTap.
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        // See WireTap.
    }

    @Override
    public void logException(Exception failure) {
        // JainLog has it.
    }

    @Override
    public void closeLogFile() {
        // There is none.
    }

    @Override
    public void setStackProperties(Properties properties) {
        // Nothing to configure.
    }

    @Override
    public void setSipStack(SipStack stack) {
        // Not needed.
    }
}
