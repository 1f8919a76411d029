package io.github.camelvoice.testkit;

import io.netty.channel.Channel;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.net.PfxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A WebSocket server as bots have it, on a free port of the loopback: it keeps all that it gets with the time of arrival, and can misbehave
 * in every way that is needed. Thread-safe.
 */
public final class BotServer implements AutoCloseable {

    /**
     * Something that came.
     *
     * @param connection counted from 0
     * @param text       null for a binary message
     * @param data       null for a text message
     */
    public record Message(int connection, String text, byte[] data, long nanos) {
        public boolean isText() {
            return text != null;
        }
    }

    /** An upgrade request. */
    public record Request(String uri, MultiMap headers) {
    }

    /** What becomes of an upgrade. */
    public enum Manner {
        ACCEPT, NEVER_ANSWER, CLOSE_AT_ONCE, READ_NOTHING
    }

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final boolean secure;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Integer> closes = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.ACCEPT;
    private volatile int status;
    private volatile boolean keep = true;
    private volatile BiConsumer<ServerWebSocket, Message> answer = (socket, message) -> { };

    private BotServer(HttpServerOptions options) {
        this.secure = options.isSsl();
        options.setMaxWebSocketFrameSize(4 << 20).setMaxWebSocketMessageSize(8 << 20);
        this.server = vertx.createHttpServer(options).webSocketHandler(this::upgrade);
        await(server.listen(0, "127.0.0.1"));
    }

    public static BotServer start() {
        return new BotServer(new HttpServerOptions());
    }

    /** @param subProtocols that it knows */
    public static BotServer start(String... subProtocols) {
        return new BotServer(new HttpServerOptions().setWebSocketSubProtocols(List.of(subProtocols)));
    }

    public static BotServer secure(TestPki.Identity identity) {
        return new BotServer(new HttpServerOptions().setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(identity.store().toString()).setPassword("changeit")));
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private void upgrade(ServerWebSocket socket) {
        requests.add(new Request(socket.uri(), MultiMap.caseInsensitiveMultiMap().addAll(socket.headers())));
        if (status != 0) {
            socket.reject(status);
            return;
        }
        if (manner == Manner.NEVER_ANSWER) {
            socket.setHandshake(Promise.<Integer>promise().future());
            return;
        }
        int number = sockets.size();
        sockets.add(socket);
        if (manner == Manner.READ_NOTHING) {
            socket.accept();
            reading(socket, false);
            return;
        }
        socket.textMessageHandler(text -> came(socket, new Message(number, text, null, System.nanoTime())));
        socket.binaryMessageHandler(data -> came(socket, new Message(number, null, data.getBytes(), System.nanoTime())));
        socket.closeHandler(none -> closes.add(socket.closeStatusCode() == null ? 1006 : (int) socket.closeStatusCode()));
        socket.exceptionHandler(thrown -> { });
        socket.accept();
        if (manner == Manner.CLOSE_AT_ONCE) {
            socket.close();
        }
    }

    private void came(ServerWebSocket socket, Message message) {
        if (keep) {
            messages.add(message);
        }
        answer.accept(socket, message);
    }

    public String url(String path) {
        return (secure ? "wss" : "ws") + "://127.0.0.1:" + server.actualPort() + path;
    }

    public int port() {
        return server.actualPort();
    }

    /** How it treats upgrades from now on. */
    public BotServer manner(Manner value) {
        manner = value;
        return this;
    }

    /** The status with which it refuses upgrades from now on; 0: it does not. */
    public BotServer refuse(int value) {
        status = value;
        return this;
    }

    /** Whether messages are kept. */
    public BotServer keep(boolean value) {
        keep = value;
        return this;
    }

    /** What it does when a message came. */
    public BotServer answer(BiConsumer<ServerWebSocket, Message> value) {
        answer = value;
        return this;
    }

    public List<Message> messages() {
        return messages;
    }

    public List<String> texts() {
        return messages.stream().filter(Message::isText).map(Message::text).toList();
    }

    public List<byte[]> binaries() {
        return messages.stream().filter(message -> !message.isText()).map(Message::data).toList();
    }

    public List<Request> requests() {
        return requests;
    }

    /** Codes of close frames; 1006 where none came. */
    public List<Integer> closes() {
        return closes;
    }

    public int connections() {
        return sockets.size();
    }

    private ServerWebSocket last() {
        return sockets.get(sockets.size() - 1);
    }

    /** To the connection that came last. */
    public void send(String text) {
        await(last().writeTextMessage(text));
    }

    public void send(byte[] data) {
        await(last().writeBinaryMessage(Buffer.buffer(data)));
    }

    /** Sends the same text as fast as the far end reads, until it is closed. */
    public void flood(String text) {
        ServerWebSocket socket = last();
        socket.drainHandler(none -> pour(socket, text));
        vertx.runOnContext(none -> pour(socket, text));
    }

    private static void pour(ServerWebSocket socket, String text) {
        while (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writeTextMessage(text);
        }
    }

    /** Reads no more. */
    public void stall() {
        reading(last(), false);
    }

    public void resume() {
        reading(last(), true);
    }

    /** Of the TCP connection: not even pings are answered. */
    private static void reading(ServerWebSocket socket, boolean on) {
        ((WebSocketInternal) socket).channelHandlerContext().channel().config().setAutoRead(on);
    }

    /** Closes all connections in good order. */
    public void closeSockets(int code) {
        sockets.forEach(socket -> socket.close((short) code));
    }

    /** Cuts all connections, without a close frame. */
    public void kill() {
        for (ServerWebSocket socket : sockets) {
            Channel channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
            channel.eventLoop().execute(channel.unsafe()::closeForcibly);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
