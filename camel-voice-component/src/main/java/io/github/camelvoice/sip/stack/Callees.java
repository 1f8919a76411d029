package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Contacts of ours at servers of others, and where those servers are: they call us without being asked who they are, for the user that
 * they were told to call and that nobody else can guess. Thread-safe.
 */
final class Callees {

    /** As many as accounts may be; whoever is beyond is challenged like others. */
    private static final int MAX = 100_000;

    private final Map<String, Server> servers = new ConcurrentHashMap<>();

    private record Server(Set<InetAddress> addresses, InetAddress flow) {
    }

    void admit(String user, ClientTransactionHandle registered) {
        Flow flow = registered.flow();
        if (flow != null && (servers.size() < MAX || servers.containsKey(user))) {
            servers.put(user, new Server(registered.addresses(), flow.address().getAddress()));
        }
    }

    void dismiss(String user) {
        servers.remove(user);
    }

    boolean admits(SIPRequest request, InetSocketAddress source) {
        if (!request.getMethod().equals("INVITE") || !(request.getRequestURI() instanceof SipUri uri) || uri.getUser() == null) {
            return false;
        }
        Server server = servers.get(uri.getUser());
        return server != null && (server.flow.equals(source.getAddress()) || server.addresses.contains(source.getAddress()));
    }

    int size() {
        return servers.size();
    }
}
