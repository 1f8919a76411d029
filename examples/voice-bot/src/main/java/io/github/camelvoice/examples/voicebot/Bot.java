package io.github.camelvoice.examples.voicebot;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A voice bot: takes calls over WebSockets that speak the dialect of Twilio Media Streams, and answers with what it heard. At once; or, where
 * the call's custom parameter {@code answer} is {@code afterwards}, when the caller has finished a sentence. A real one would put speech
 * recognition and synthesis in the place of {@link Conversation#heard}. The port is the first argument, 8090 without it.
 */
public final class Bot implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    private Bot(int port, Consumer<String> log) throws ExecutionException, InterruptedException, TimeoutException {
        server = vertx.createHttpServer().webSocketHandler(socket -> new Conversation(socket, log))
                .listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** @param port 0 for any free one */
    static Bot start(int port, Consumer<String> log) throws ExecutionException, InterruptedException, TimeoutException {
        return new Bot(port, log);
    }

    String url() {
        return "ws://127.0.0.1:" + server.actualPort() + "/";
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    public static void main(String[] arguments) throws Exception {
        Bot bot = start(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8090, System.out::println);
        System.out.println("the bot waits for calls at " + bot.url());
    }

    /** One call. Runs on the event loop of its socket. */
    private static final class Conversation {

        private static final int FRAME_MILLIS = 20;
        private static final int SPEECH_MILLIS = 100;
        private static final int PAUSE_MILLIS = 500;
        private static final int LOUD = 300;

        private final ServerWebSocket socket;
        private final Consumer<String> log;
        private final List<String> sentence = new ArrayList<>();
        private String stream;
        private boolean atOnce;
        private int speech;
        private int pause;
        private int answers;

        Conversation(ServerWebSocket socket, Consumer<String> log) {
            this.socket = socket;
            this.log = log;
            socket.textMessageHandler(text -> message(new JsonObject(text)));
        }

        private void message(JsonObject message) {
            switch (message.getString("event")) {
                case "start" -> {
                    stream = message.getString("streamSid");
                    JsonObject start = message.getJsonObject("start");
                    atOnce = !"afterwards".equals(start.getJsonObject("customParameters", new JsonObject()).getString("answer"));
                    log.accept("bot: call " + start.getString("callSid") + ", " + start.getJsonObject("mediaFormat").getString("encoding")
                            + (atOnce ? ", answering at once" : ", answering after each sentence"));
                }
                case "media" -> heard(message.getJsonObject("media").getString("payload"));
                case "dtmf" -> interrupted(message.getJsonObject("dtmf").getString("digit"));
                case "mark" -> log.accept("bot: " + message.getJsonObject("mark").getString("name") + " was played, or cleared");
                case "stop" -> log.accept("bot: the call is over");
                default -> log.accept("bot: " + message.getString("event"));
            }
        }

        /** 20 ms of the caller's voice, as base64 of µ-law. */
        private void heard(String payload) {
            if (atOnce) {
                say(payload);
                return;
            }
            boolean loud = isLoud(Base64.getDecoder().decode(payload));
            speech += loud ? FRAME_MILLIS : 0;
            pause = loud ? 0 : pause + FRAME_MILLIS;
            if (loud || !sentence.isEmpty()) {
                sentence.add(payload);
            }
            if (pause >= PAUSE_MILLIS && !sentence.isEmpty()) {
                if (speech >= SPEECH_MILLIS) {
                    sentence.forEach(this::say);
                    send(new JsonObject().put("event", "mark").put("mark", new JsonObject().put("name", "answer " + ++answers)));
                    log.accept("bot: heard " + speech + " ms of speech, saying it as answer " + answers);
                }
                sentence.clear();
                speech = 0;
            }
        }

        /** The caller pressed a key: what was not played yet is dropped, and its marks come back. */
        private void interrupted(String digit) {
            log.accept("bot: key " + digit + ", silent at once");
            sentence.clear();
            speech = 0;
            send(new JsonObject().put("event", "clear"));
        }

        private void say(String payload) {
            send(new JsonObject().put("event", "media").put("media", new JsonObject().put("payload", payload)));
        }

        private void send(JsonObject message) {
            socket.writeTextMessage(message.put("streamSid", stream).encode());
        }

        /** Of the mean of the samples' magnitudes, 0 to 32124 each (ITU-T G.711). */
        private static boolean isLoud(byte[] mulaw) {
            int sum = 0;
            for (byte sample : mulaw) {
                sum += ((~sample & 0x0f) * 8 + 132 << ((~sample & 0x70) >> 4)) - 132;
            }
            return mulaw.length > 0 && sum / mulaw.length > LOUD;
        }
    }
}
