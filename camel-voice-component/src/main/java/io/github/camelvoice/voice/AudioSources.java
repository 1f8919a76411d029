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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    /** Those that are named, else what the body has: one, or a list. @throws VoiceRequestException saying what is wrong with which */
    static List<PlaySource> several(List<String> named, Exchange exchange) throws VoiceRequestException {
        List<PlaySource> sources = new ArrayList<>();
        for (String name : named) {
            sources.add(new PlaySource(name, opener(name, exchange.getContext()), 1));
        }
        if (!named.isEmpty()) {
            return sources;
        }
        Object body = exchange.getMessage().getBody();
        if (body == null || !(body instanceof Collection<?>)) {
            return List.of(ofBody(exchange, 1));
        }
        int place = 0;
        for (Object each : (Collection<?>) body) {
            place++;
            PlaySource one = ofObject("file " + place, each, exchange);
            if (one == null) {
                throw new VoiceRequestException("file " + place + " must be a WAV as byte[], InputStream, File or Path, not "
                        + (each == null ? "nothing" : each.getClass().getSimpleName()));
            }
            sources.add(one);
        }
        if (sources.isEmpty()) {
            throw new VoiceRequestException("there is nothing to play: the list in the body is empty");
        }
        return sources;
    }

    /** Null for what is no audio. */
    private static PlaySource ofObject(String name, Object value, Exchange exchange) throws VoiceRequestException {
        Object audio = value instanceof WrappedFile<?> wrapped ? wrapped.getFile() : value;
        if (audio instanceof Path || audio instanceof File) {
            Path path = audio instanceof File file ? file.toPath() : (Path) audio;
            return new PlaySource(path.toString(), () -> Files.newInputStream(path), 1);
        }
        if (audio instanceof byte[] || audio instanceof InputStream || audio instanceof StreamCache) {
            byte[] wav = audio instanceof byte[] bytes ? bytes : bytes(name, audio, exchange);
            return new PlaySource(name, () -> new ByteArrayInputStream(wav), 1);
        }
        return null;
    }

    private static PlaySource ofBody(Exchange exchange, int repeat) throws VoiceRequestException {
        Object body = exchange.getMessage().getBody();
        PlaySource source = ofObject("body", body, exchange);
        if (source != null) {
            return new PlaySource(source.name(), source.opener(), repeat);
        }
        throw new VoiceRequestException("there is nothing to play: give the option source, or a WAV as byte[], InputStream or File in the body, "
                + "not " + (body == null ? "an empty one" : body.getClass().getSimpleName()));
    }

    private static byte[] bytes(String name, Object audio, Exchange exchange) throws VoiceRequestException {
        try (InputStream stream = exchange.getContext().getTypeConverter().convertTo(InputStream.class, exchange, audio)) {
            byte[] wav = stream == null ? new byte[0] : stream.readNBytes(MAX_BODY_BYTES + 1);
            if (audio instanceof StreamCache cache) {
                cache.reset();
            }
            if (wav.length > MAX_BODY_BYTES) {
                throw new VoiceRequestException((name.equals("body") ? "the body" : name) + " is too long to be played from memory, more than "
                        + MAX_BODY_BYTES / (1024 * 1024) + " MB: write it to a file and name that in the option source");
            }
            return wav;
        } catch (IOException | TypeConversionException unreadable) {
            throw new VoiceRequestException(null, (name.equals("body") ? "the body" : name) + " cannot be read: " + unreadable, unreadable);
        }
    }
}
