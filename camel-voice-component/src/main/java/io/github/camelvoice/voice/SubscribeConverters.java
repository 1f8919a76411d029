package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.state.EventState;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.w3c.dom.Document;

/** States of what is watched, and subscriptions: as JSON in UTF-8, as maps; a state that is XML as XML. */
@Converter(generateLoader = true)
public final class SubscribeConverters {

    private SubscribeConverters() {
    }

    @Converter
    public static String toString(EventState state) {
        return SubscriptionJson.write(state);
    }

    @Converter
    public static byte[] toBytes(EventState state) {
        return bytes(toString(state));
    }

    @Converter
    public static InputStream toInputStream(EventState state) {
        return new ByteArrayInputStream(toBytes(state));
    }

    @Converter
    public static Map<?, ?> toMap(EventState state) {
        return state.values();
    }

    /** The full state as its package's RFC would have sent it. */
    @Converter
    public static Document toDocument(EventState state, Exchange exchange) {
        if (!state.contentType().contains("xml")) {
            throw new TypeConversionException(state, Document.class, new IllegalArgumentException("no XML: " + state.contentType()));
        }
        return exchange.getContext().getTypeConverter().convertTo(Document.class, exchange, state.document());
    }

    @Converter
    public static String toString(SubscriptionInfo info) {
        return SubscriptionJson.write(info);
    }

    @Converter
    public static byte[] toBytes(SubscriptionInfo info) {
        return bytes(toString(info));
    }

    @Converter
    public static InputStream toInputStream(SubscriptionInfo info) {
        return new ByteArrayInputStream(toBytes(info));
    }

    @Converter
    public static Map<?, ?> toMap(SubscriptionInfo info) {
        return SubscriptionJson.values(info);
    }

    @Converter
    public static String toString(SubscriptionInfos infos) {
        return SubscriptionJson.write(infos);
    }

    @Converter
    public static byte[] toBytes(SubscriptionInfos infos) {
        return bytes(toString(infos));
    }

    @Converter
    public static InputStream toInputStream(SubscriptionInfos infos) {
        return new ByteArrayInputStream(toBytes(infos));
    }

    @Converter
    public static String toString(WatcherInfos watchers) {
        return SubscriptionJson.watchers(watchers);
    }

    @Converter
    public static byte[] toBytes(WatcherInfos watchers) {
        return bytes(toString(watchers));
    }

    @Converter
    public static InputStream toInputStream(WatcherInfos watchers) {
        return new ByteArrayInputStream(toBytes(watchers));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
