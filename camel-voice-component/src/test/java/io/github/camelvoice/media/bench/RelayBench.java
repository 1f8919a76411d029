package io.github.camelvoice.media.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What relaying costs, side by side with a bare NIO loop: both in a process of their own, on the second core where there is one,
 * with the same paced load of 172-byte packets, 50 a second and direction, from this process.
 *
 * <p>{@code java -cp … RelayBench CALLS[,CALLS…] SECONDS [MODE,MODE…]}; the modes are {@code bare} and {@code plane}.
 */
public final class RelayBench {

    private static final int MAGIC = 0x52544C44;
    private static final int SLOTS = 20;

    private final DatagramChannel a = channel();
    private final DatagramChannel b = channel();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final int[] histogram = new int[100_001];
    private volatile boolean measuring;
    private volatile boolean stopped;

    private RelayBench() throws IOException {
    }

    private static DatagramChannel channel() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 4 << 20);
        return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[1]);
        String[] modes = args.length > 2 ? args[2].split(",") : new String[] {"bare", "plane", "bare", "plane"};
        for (String calls : args[0].split(",")) {
            for (String mode : modes) {
                new RelayBench().run(mode, Integer.parseInt(calls), seconds);
            }
        }
        System.exit(0);
    }

    private void run(String mode, int calls, int seconds) throws Exception {
        Process relay = start(mode, calls);
        try (BufferedReader out = new BufferedReader(new InputStreamReader(relay.getInputStream()))) {
            List<InetSocketAddress> portsA = ports(out.readLine());
            List<InetSocketAddress> portsB = ports(out.readLine());
            List<Thread> threads = List.of(new Thread(() -> receive(a)), new Thread(() -> receive(b)), new Thread(() -> send(portsA, portsB)));
            threads.forEach(thread -> {
                thread.setDaemon(true);
                thread.start();
            });
            LockSupport.parkNanos(6_000_000_000L);
            long sent0 = sent.sum();
            long received0 = received.sum();
            double cpu0 = cpu(relay.pid());
            measuring = true;
            LockSupport.parkNanos(seconds * 1_000_000_000L);
            measuring = false;
            double cpu = cpu(relay.pid()) - cpu0;
            long out1 = sent.sum() - sent0;
            LockSupport.parkNanos(100_000_000L);
            long in1 = received.sum() - received0;
            System.out.printf(Locale.ROOT, "%-6s calls %4d  sent %.0f/s  loss %.3f%%  cpu %.1f%%  cpu-s/stream-min %.4f  us/packet %.2f  latency us p50 %d p99 %d p99.9 %d%n",
                    mode, calls, out1 / (double) seconds, 100.0 * Math.max(0, out1 - in1) / out1, 100 * cpu / seconds, cpu / out1 * 3000, cpu / out1 * 1e6,
                    quantile(0.5), quantile(0.99), quantile(0.999));
        } finally {
            stopped = true;
            a.close();
            b.close();
            relay.destroy();
            relay.waitFor();
        }
    }

    private Process start(String mode, int calls) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset")) && Runtime.getRuntime().availableProcessors() > 1) {
            command.addAll(List.of("taskset", "-c", "1"));
        }
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), RelayUnderTest.class.getName(), mode, Integer.toString(calls),
                Integer.toString(port(a)), Integer.toString(port(b))));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static int port(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private static List<InetSocketAddress> ports(String line) {
        return Arrays.stream(line.split(" ")).map(p -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(p))).toList();
    }

    private void send(List<InetSocketAddress> portsA, List<InetSocketAddress> portsB) {
        ByteBuffer packet = ByteBuffer.allocateDirect(172);
        int[] sequence = new int[portsA.size()];
        long next = System.nanoTime();
        int slot = 0;
        try {
            while (!stopped) {
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                    continue;
                }
                next += 1_000_000;
                for (int k = slot; k < portsA.size(); k += SLOTS) {
                    sequence[k]++;
                    send(a, packet, portsA.get(k), sequence[k], 2 * k + 1);
                    send(b, packet, portsB.get(k), sequence[k], 2 * k + 2);
                }
                slot = (slot + 1) % SLOTS;
            }
        } catch (IOException closed) {
            stopped = true;
        }
    }

    private void send(DatagramChannel from, ByteBuffer packet, InetSocketAddress to, int sequence, int ssrc) throws IOException {
        packet.clear();
        packet.put(0, (byte) 0x80).put(1, (byte) 0).putShort(2, (short) sequence).putInt(4, sequence * 160).putInt(8, ssrc)
                .putInt(12, MAGIC).putLong(16, System.nanoTime());
        from.send(packet, to);
        sent.increment();
    }

    private void receive(DatagramChannel channel) {
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        try {
            while (!stopped) {
                packet.clear();
                channel.receive(packet);
                if (packet.position() >= 24 && packet.getInt(12) == MAGIC) {
                    received.increment();
                    if (measuring) {
                        int micros = (int) Math.min(100_000, (System.nanoTime() - packet.getLong(16)) / 1000);
                        synchronized (histogram) {
                            histogram[micros]++;
                        }
                    }
                }
            }
        } catch (IOException closed) {
            stopped = true;
        }
    }

    private long quantile(double q) {
        long total = Arrays.stream(histogram).asLongStream().sum();
        long seen = 0;
        for (int i = 0; i < histogram.length; i++) {
            seen += histogram[i];
            if (seen > q * total) {
                return i;
            }
        }
        return -1;
    }

    private static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }
}
