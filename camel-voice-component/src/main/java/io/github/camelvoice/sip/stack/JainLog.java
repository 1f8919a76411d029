package io.github.camelvoice.sip.stack;

import gov.nist.core.CommonLogger;
import gov.nist.core.LogLevels;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logger of JAIN-SIP over slf4j, so that log4j 1.x is never loaded. JAIN-SIP keeps one logger for all stacks of a JVM in a
 * static field; this one has no state, so sharing it is harmless. Only what is wrong gets through, as debug: the stack in front
 * logs what matters, once, without message contents.
 */
public final class JainLog implements StackLogger {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.camelvoice.sip.jain");

    /** Must run before any other class of JAIN-SIP is touched. */
    static void install() {
        if (!(CommonLogger.legacyLogger instanceof JainLog)) {
            CommonLogger.legacyLogger = new JainLog();
        }
    }

    @Override
    public boolean isLoggingEnabled() {
        return LOG.isDebugEnabled();
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= LogLevels.TRACE_ERROR && LOG.isDebugEnabled();
    }

    @Override
    public void logException(Throwable failure) {
        LOG.debug("JAIN-SIP", failure);
    }

    @Override
    public void logError(String message) {
        LOG.debug("{}", message);
    }

    @Override
    public void logError(String message, Exception failure) {
        LOG.debug(message, failure);
    }

    @Override
    public void logFatalError(String message) {
        LOG.warn("{}", message);
    }

    @Override
    public void logWarning(String message) {
        LOG.trace("{}", message);
    }

    @Override
    public void logInfo(String message) {
        LOG.trace("{}", message);
    }

    @Override
    public void logDebug(String message) {
        LOG.trace("{}", message);
    }

    @Override
    public void logDebug(String message, Exception failure) {
        LOG.trace(message, failure);
    }

    @Override
    public void logTrace(String message) {
        LOG.trace("{}", message);
    }

    @Override
    public void logStackTrace() {
        // Asked for at every step of a transaction; says nothing.
    }

    @Override
    public void logStackTrace(int level) {
        // As above.
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void disableLogging() {
        // The level of the slf4j logger decides.
    }

    @Override
    public void enableLogging() {
        // The level of the slf4j logger decides.
    }

    @Override
    public void setBuildTimeStamp(String time) {
        // Not of interest.
    }

    @Override
    public void setStackProperties(Properties properties) {
        // Nothing to configure.
    }

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
