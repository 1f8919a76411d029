package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.outbound.HttpAnswer;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.HttpCaller;
import io.github.camelvoice.outbound.HttpFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The WAV files of a request to play: in base64, at a URL, or by a name that the gateway knows. One that cannot be had refuses the request, naming its
 * place; whether they are WAVs is for {@code voice:session} to say. Thread-safe, never blocks.
 */
final class SessionFiles {

    static final int MOST = 32;
    /** What a file of the web may have. */
    static final int MOST_BYTES_OF_URL = 4 * 1024 * 1024;
    /** Header between the steps: a list of {@link Wanted}. */
    static final String HEADER = "voiceFiles";
    /** Reads the field of a request. */
    static final ApiField FIELD = (name, value, message) -> message.setHeader(HEADER, read(name, value));

    private static final HttpCall.Times TIMES = new HttpCall.Times(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final Supplier<HttpCaller> http;
    private final AudioNames names;

    /** One of these has a value. */
    record Wanted(byte[] wav, String url, String source) {
    }

    SessionFiles(Supplier<HttpCaller> http, AudioNames names) {
        this.http = http;
        this.names = names;
    }

    private static List<Wanted> read(String name, JsonNode value) {
        if (!value.isArray() || value.isEmpty() || value.size() > MOST) {
            throw ApiException.badField(name, "must be a list of 1 to " + MOST + " files");
        }
        List<Wanted> files = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            files.add(wanted(name + "[" + i + "]", value.get(i)));
        }
        return files;
    }

    private static Wanted wanted(String place, JsonNode file) {
        if (file.size() != 1 || !file.isObject() || !file.properties().iterator().next().getValue().isTextual()) {
            throw ApiException.badField(place, "must be an object of wav (base64), url or source");
        }
        String field = file.fieldNames().next();
        String text = file.get(field).textValue();
        return switch (field) {
            case "wav" -> new Wanted(bytes(place, text), null, null);
            case "url" -> new Wanted(null, shortText(place, text), null);
            case "source" -> new Wanted(null, null, shortText(place, text));
            default -> throw ApiException.badField(place, "has " + ApiException.quote(field) + " in place of wav (base64), url or source");
        };
    }

    private static byte[] bytes(String place, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException wrong) {
            throw ApiException.badField(place + ".wav", "is no base64");
        }
    }

    private static String shortText(String place, String text) {
        if (text.length() > ApiField.MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badField(place, "must have a text of at most " + ApiField.MAX_TEXT + " characters, none of them a control character");
        }
        return text;
    }

    /** The bytes or path of each, in order. Fails with {@link ApiException}. */
    CompletionStage<List<Object>> find(List<Wanted> files) {
        List<CompletableFuture<Object>> found = IntStream.range(0, files.size()).mapToObj(i -> find("files[" + i + "]", files.get(i))).toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new)).thenApply(all -> found.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Object> find(String place, Wanted file) {
        if (file.wav() != null) {
            return CompletableFuture.completedFuture(file.wav());
        }
        return file.source() != null ? CompletableFuture.completedFuture(named(place, file.source())) : fetch(place, file.url()).toCompletableFuture();
    }

    private Object named(String place, String source) {
        try {
            String resolved = names.resolve(source);
            return resolved.startsWith("file:") ? Path.of(resolved.substring("file:".length())) : prompt(resolved.substring("classpath:".length()));
        } catch (ApiException missing) {
            throw missing.at(place);
        }
    }

    private static byte[] prompt(String resource) {
        try (var in = SessionFiles.class.getResourceAsStream("/" + resource)) {
            return in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private CompletionStage<Object> fetch(String place, String url) {
        HttpCall call;
        try {
            call = HttpCall.get(url).withCredentials(true).withBodyLimit(MOST_BYTES_OF_URL).withTimes(TIMES)
                    .withHeader("Accept", "audio/wav, audio/x-wav, */*;q=0.1");
        } catch (IllegalArgumentException wrong) {
            throw ApiException.badField(place + ".url", "is no URL");
        }
        return http.get().call(call).handle((answer, failure) -> body(place, answer, failure));
    }

    private static Object body(String place, HttpAnswer answer, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof HttpFailure refused) {
            throw new ApiException(refused.kind() == HttpFailure.Kind.REFUSED ? 403 : 422, "no-such-source", place + ": " + refused.getMessage());
        }
        if (cause != null) {
            throw new ApiException(500, "internal", null);
        }
        if (!answer.isSuccess()) {
            throw new ApiException(422, "no-such-source", place + ": the server answered " + answer.status());
        }
        return answer.body();
    }
}
