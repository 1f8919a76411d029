package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Converter;

/** Statuses and accounts: as JSON in UTF-8, and as maps. */
@Converter(generateLoader = true)
public final class SessionConverters {

    private SessionConverters() {
    }

    @Converter
    public static String toString(SessionStatus status) {
        return SessionJson.write(status);
    }

    @Converter
    public static byte[] toBytes(SessionStatus status) {
        return bytes(toString(status));
    }

    @Converter
    public static InputStream toInputStream(SessionStatus status) {
        return new ByteArrayInputStream(toBytes(status));
    }

    @Converter
    public static Map<?, ?> toMap(SessionStatus status) {
        return SessionJson.values(status);
    }

    @Converter
    public static String toString(SessionStatuses statuses) {
        return SessionJson.statuses(statuses);
    }

    @Converter
    public static byte[] toBytes(SessionStatuses statuses) {
        return bytes(toString(statuses));
    }

    @Converter
    public static InputStream toInputStream(SessionStatuses statuses) {
        return new ByteArrayInputStream(toBytes(statuses));
    }

    @Converter
    public static String toString(SessionInfo info) {
        return SessionJson.write(info);
    }

    @Converter
    public static byte[] toBytes(SessionInfo info) {
        return bytes(toString(info));
    }

    @Converter
    public static InputStream toInputStream(SessionInfo info) {
        return new ByteArrayInputStream(toBytes(info));
    }

    @Converter
    public static Map<?, ?> toMap(SessionInfo info) {
        return SessionJson.values(info);
    }

    @Converter
    public static String toString(SessionInfos infos) {
        return SessionJson.accounts(infos);
    }

    @Converter
    public static byte[] toBytes(SessionInfos infos) {
        return bytes(toString(infos));
    }

    @Converter
    public static InputStream toInputStream(SessionInfos infos) {
        return new ByteArrayInputStream(toBytes(infos));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
