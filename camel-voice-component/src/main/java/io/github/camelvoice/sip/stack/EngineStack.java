package io.github.camelvoice.sip.stack;

import gov.nist.core.ThreadAuditor;
import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.ReleaseReferencesStrategy;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Properties;
import java.util.function.Consumer;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.address.Hop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP reduced to its transactions. Transports are ours ({@link UdpTransport}, {@link StreamTransport}), timers run on the
 * {@link Reactor}, and so does every call into this class: no thread of JAIN-SIP is left, none of its tables is searched linearly,
 * and stopping takes no time.
 *
 * <p>JAIN-SIP lets system properties named {@code gov.nist.javax.sip.*} and {@code javax.sip.*} win over its configuration. None
 * of those that matter here is read later than the constructor, which sets them again; a warning names the ones it found.
 */
final class EngineStack extends SipStackImpl {

    private static final Logger LOG = LoggerFactory.getLogger(EngineStack.class);

    private final Transports transports;
    private final Consumer<SIPTransaction> ended;

    /** Gives the transport of a listening point, and channels to a hop. */
    interface Transports {
        MessageProcessor processor(String transport);

        MessageChannel channel(String transport, InetAddress address, int port) throws IOException;
    }

    /** @param ended told of each transaction that leaves the tables */
    EngineStack(Reactor reactor, Transports transports, Consumer<SIPTransaction> ended) throws PeerUnavailableException {
        super(properties());
        this.transports = transports;
        this.ended = ended;
        ((ReactorTimer) getTimer()).bind(reactor);
        setMessageProcessorFactory((stack, address, port, transport) -> transports.processor(transport));
        setReleaseReferencesStrategy(ReleaseReferencesStrategy.Aggressive);
        this.cancelClientTransactionChecked = false;
        this.cacheClientConnections = true;
        this.cacheServerConnections = true;
        endEventThread();
    }

    private static Properties properties() {
        JainLog.install();
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "camel-voice");
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", JainLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", JainServerLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.TIMER_CLASS_NAME", ReactorTimer.class.getName());
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.RELEASE_REFERENCES_STRATEGY", "Aggressive");
        properties.setProperty("gov.nist.javax.sip.LINGER_TIMER", "1");
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("gov.nist.javax.sip.") || name.startsWith("javax.sip.")) {
                LOG.warn("system property {} reaches into the SIP stack; it is not supported", name);
            }
        }
        return properties;
    }

    /** The event thread is started by the constructor and never ends by itself; events are delivered directly. */
    private void endEventThread() {
        EventScanner scanner = getEventScanner();
        scanner.forceStop();
        scanner.addEvent(new EventWrapper(null, null));
    }

    /** Registers a transport that is bound already. */
    void listen(String host, int port, String transport) throws IOException {
        try {
            ListeningPoint point = createListeningPoint(host, port, transport);
            createSipProvider(point);
        } catch (SipException | InvalidArgumentException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    SIPServerTransaction server(String transactionId) {
        return serverTransactionTable.get(transactionId);
    }

    /** JAIN-SIP's own way adds a timer that sends 100 after 200 ms. */
    void add(String transactionId, SIPServerTransaction transaction) {
        serverTransactionTable.put(transactionId, transaction);
    }

    SIPClientTransaction client(String transactionId) {
        return clientTransactionTable.get(transactionId);
    }

    int transactions() {
        return serverTransactionTable.size() + clientTransactionTable.size();
    }

    @Override
    public void removeTransaction(SIPTransaction transaction) {
        super.removeTransaction(transaction);
        ended.accept(transaction);
    }

    @Override
    public MessageChannel createRawMessageChannel(String sourceAddress, int sourcePort, Hop hop) {
        try {
            return transports.channel(hop.getTransport(), InetAddress.getByName(hop.getHost()), hop.getPort());
        } catch (IOException failure) {
            LOG.debug("no channel to {}", hop, failure);
            return null;
        }
    }

    @Override
    public ThreadAuditor getThreadAuditor() {
        return null;
    }

    /** Instead of the inherited one, which sleeps for a second. The transports are closed by their owner. */
    @Override
    public void stopStack() {
        toExit = true;
        clientTransactionTable.clear();
        serverTransactionTable.clear();
    }
}
