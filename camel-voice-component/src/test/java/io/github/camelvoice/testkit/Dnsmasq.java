package io.github.camelvoice.testkit;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** dnsmasq on loopback with the records of a test and nothing else. */
public final class Dnsmasq implements AutoCloseable {

    private final PeerProcess process;
    private final int port;

    private Dnsmasq(PeerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param port    a free one
     * @param records as its options have them, {@code srv-host=_sip._udp.example.com,a.example.com,5060,10,20}
     */
    public static Dnsmasq start(Path folder, int port, String... records) {
        List<String> command = new ArrayList<>(List.of("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--no-daemon",
                "--user=", "--pid-file=", "--listen-address=127.0.0.1", "--bind-interfaces", "--local=/com/", "--port=" + port));
        for (String record : records) {
            command.add("--" + record);
        }
        PeerProcess process = PeerProcess.start(folder, Duration.ofSeconds(120), command.toArray(String[]::new));
        Dnsmasq server = new Dnsmasq(process, port);
        Awaitility.await().atMost(Duration.ofSeconds(15)).alias("dnsmasq answers").until(server::answers);
        return server;
    }

    private boolean answers() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(200);
            byte[] question = {0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'x', 3, 'c', 'o', 'm', 0, 0, 1, 0, 1};
            socket.send(new DatagramPacket(question, question.length, InetAddress.getLoopbackAddress(), port));
            socket.receive(new DatagramPacket(new byte[512], 512));
            return true;
        } catch (SocketTimeoutException | PortUnreachableException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
