package io.github.camelvoice.voice;

import io.github.camelvoice.call.spi.PlaySource;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;

/** What {@code operation=play} plays: a file, a resource of the class path, or the body. */
final class AudioSources {

    /** What of a streamed body is held in memory: an hour and more at 8 kHz. */
    static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    private AudioSources() {
    }

    /** @throws VoiceRequestException saying what is wrong with the source */
    static PlaySource of(String source, int repeat, Exchange exchange) throws VoiceRequestException {
        if (repeat < 0) {
            throw new VoiceRequestException("repeat must be 0 (for ever) or more: " + repeat);
        }
        return source == null ? ofBody(exchange, repeat) : new PlaySource(source, opener(source, exchange.getContext()), repeat);
    }

    private static PlaySource.Opener opener(String source, CamelContext context) throws VoiceRequestException {
        if (source.startsWith("classpath:")) {
            String name = source.substring("classpath:".length());
            return () -> {
                InputStream stream = context.getClassResolver().loadResourceAsStream(name);
                if (stream == null) {
                    throw new FileNotFoundException("there is no " + source);
                }
                return stream;
            };
        }
        Path path = path(source.startsWith("file:") ? source.substring("file:".length()) : source, source);
        return () -> Files.newInputStream(path);
    }

    private static Path path(String text, String source) throws VoiceRequestException {
        if (text.isEmpty() || text.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            throw new VoiceRequestException("source must be a path, file:path or classpath:name: " + source);
        }
        try {
            return Path.of(text.startsWith("///") ? text.substring(2) : text);
        } catch (InvalidPathException wrong) {
            throw new VoiceRequestException("source is no path: " + source);
        }
    }

    private static PlaySource ofBody(Exchange exchange, int repeat) throws VoiceRequestException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof WrappedFile<?> wrapped) {
            body = wrapped.getFile();
        }
        if (body instanceof Path path) {
            return new PlaySource(path.toString(), () -> Files.newInputStream(path), repeat);
        }
        if (body instanceof File file) {
            return new PlaySource(file.getPath(), () -> Files.newInputStream(file.toPath()), repeat);
        }
        if (body instanceof byte[] || body instanceof InputStream || body instanceof StreamCache) {
            byte[] wav = body instanceof byte[] bytes ? bytes : bytes(exchange);
            return new PlaySource("body", () -> new ByteArrayInputStream(wav), repeat);
        }
        throw new VoiceRequestException("there is nothing to play: give the option source, or a WAV as byte[], InputStream or File in the body, "
                + "not " + (body == null ? "an empty one" : body.getClass().getSimpleName()));
    }

    private static byte[] bytes(Exchange exchange) throws VoiceRequestException {
        try (InputStream stream = exchange.getMessage().getBody(InputStream.class)) {
            byte[] wav = stream == null ? new byte[0] : stream.readNBytes(MAX_BODY_BYTES + 1);
            if (exchange.getMessage().getBody() instanceof StreamCache cache) {
                cache.reset();
            }
            if (wav.length > MAX_BODY_BYTES) {
                throw new VoiceRequestException("the body is too long to be played from memory, more than " + MAX_BODY_BYTES / (1024 * 1024)
                        + " MB: write it to a file and name that in the option source");
            }
            return wav;
        } catch (IOException | TypeConversionException unreadable) {
            throw new VoiceRequestException(null, "the body cannot be read: " + unreadable, unreadable);
        }
    }
}
