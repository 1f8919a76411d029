package io.github.camelvoice.sip.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Records of a zone that exists here alone: {@code put("SRV _sip._udp.example.com", "10 0 5060 a.example.com.")}. */
final class Zone extends Dns {

    /** Every question so far. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile boolean down;
    volatile Consumer<String> onAddress = host -> { };
    private final Map<String, List<String>> records = new ConcurrentHashMap<>();

    void put(String question, String... answers) {
        records.put(question, List.of(answers));
    }

    /** A domain whose SRV for UDP are these peers, one after the other. */
    void serve(String domain, UdpPeer... peers) {
        String[] srv = new String[peers.length];
        for (int i = 0; i < peers.length; i++) {
            srv[i] = i + 1 + " 0 " + peers[i].port() + " h" + i + "." + domain + ".";
            put("A h" + i + "." + domain + ".", peers[i].address());
        }
        put("SRV _sip._udp." + domain, srv);
    }

    @Override
    List<String> records(String name, String type) throws IOException {
        asked.add(type + ' ' + name);
        if (down) {
            throw new IOException("timeout");
        }
        return records.getOrDefault(type + ' ' + name, List.of());
    }

    @Override
    List<InetAddress> addresses(String host) throws UnknownHostException {
        asked.add("A " + host);
        onAddress.accept(host);
        if (!records.containsKey("A " + host)) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> all = new ArrayList<>();
        for (String text : records.get("A " + host)) {
            all.add(InetAddress.getByName(text));
        }
        return all;
    }
}
