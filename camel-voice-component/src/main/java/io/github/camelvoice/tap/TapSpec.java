package io.github.camelvoice.tap;

import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * What a tap is asked to do. Complete: defaults are filled in by {@link Builder}.
 *
 * @param uri         {@code rtp://IP:port}, {@code ws://…} or {@code wss://…}; {@code route:NAME} for {@link TapProtocol#ROUTE}
 * @param controlId   unique among the active taps of the call; null: one is made
 * @param codec       {@code PCMU} or {@code PCMA}; for dialects that carry linear audio {@code L16}
 * @param rate        samples per second, 8000 unless the codec is L16
 * @param ptimeMillis 10 to 120 in steps of 10
 * @param channels    1, or 2: {@code both} as interleaved stereo
 * @param speaks      whether the far end of a WebSocket may speak into the call, where the dialect has it
 * @param statusUrl   where status events go: an http(s) URL or the name of a configured target; null for nowhere
 * @param parameters  custom parameters, told to the far end where the dialect has a place for them
 * @param headers     extra headers of the WebSocket upgrade
 * @param authorization value of an Authorization header of the upgrade, null for none; a secret
 * @param subProtocol of the WebSocket, null: the dialect's own, if it has one
 * @param tls         null: the JVM's trust
 * @param reconnect   whether a sink that is lost in mid-stream is connected to again
 * @param bufferMillis how much audio may wait for a slow sink, 100 to 10000; the oldest goes first
 * @param sessionId   of the document that asked, null if none did: part of the status events
 * @param tag         the caller's own words, told back in the status events; null for none
 * @param tracks      for {@link TapProtocol#ROUTE}: each track has frames of its own, instead of a mix or of stereo
 */
public record TapSpec(String uri, String controlId, TapProtocol protocol, TapDirection direction, String codec, int rate, int ptimeMillis,
                      int channels, boolean speaks, String statusUrl, SinkLoss onSinkLoss, Map<String, String> parameters,
                      Map<String, String> headers, String authorization, String subProtocol, SSLContext tls, boolean reconnect,
                      int bufferMillis, String sessionId, String tag, boolean tracks) {

    /** @throws IllegalArgumentException naming what is wrong by the name that it has in documents */
    public TapSpec {
        Objects.requireNonNull(uri, "uri");
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
        if (controlId != null && !controlId.matches("[\\x21-\\x7e]{1,128}")) {
            throw new IllegalArgumentException("control_id must be 1 to 128 visible characters without blanks");
        }
        if (ptimeMillis < 10 || ptimeMillis > 120 || ptimeMillis % 10 != 0) {
            throw new IllegalArgumentException("rtp_ptime must be 10 to 120 in steps of 10: " + ptimeMillis);
        }
        if (channels != 1 && channels != 2) {
            throw new IllegalArgumentException("channels must be 1 or 2: " + channels);
        }
        if (!codec.equals("PCMU") && !codec.equals("PCMA") && !codec.equals("L16")) {
            throw new IllegalArgumentException("codec must be PCMU or PCMA, or L16 where the protocol carries it: " + codec);
        }
        if (!codec.equals("L16") && rate != 8000 || rate != 8000 && rate != 16000 && rate != 24000) {
            throw new IllegalArgumentException("rate must be 8000, or 16000 or 24000 with L16: " + rate);
        }
        if (tracks && protocol != TapProtocol.ROUTE) {
            throw new IllegalArgumentException("only a route gets the tracks apart");
        }
        if (bufferMillis < 100 || bufferMillis > 10_000) {
            throw new IllegalArgumentException("buffer must be 100 to 10000 ms: " + bufferMillis);
        }
    }

    /** Without credentials, headers and parameters: it may be logged. */
    @Override
    public String toString() {
        return "TapSpec[" + protocol.word() + " " + direction.word() + " " + codec + "/" + rate + " " + ptimeMillis + " ms]";
    }

    /** A spec of this URI with the defaults of the document; the protocol is rtp or raw by the scheme. */
    public static Builder to(String uri) {
        return new Builder(uri);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final String uri;
        private String controlId;
        private TapProtocol protocol;
        private TapDirection direction = TapDirection.SPEAK;
        private String codec;
        private int rate;
        private int ptimeMillis = 20;
        private int channels = 1;
        private boolean speaks;
        private String statusUrl;
        private SinkLoss onSinkLoss = SinkLoss.CONTINUE;
        private Map<String, String> parameters = Map.of();
        private Map<String, String> headers = Map.of();
        private String authorization;
        private String subProtocol;
        private SSLContext tls;
        private boolean reconnect = true;
        private int bufferMillis = 1000;
        private String sessionId;
        private String tag;
        private boolean tracks;

        private Builder(String uri) {
            this.uri = Objects.requireNonNull(uri, "uri");
            this.protocol = uri.startsWith("rtp:") ? TapProtocol.RTP : uri.startsWith("route:") ? TapProtocol.ROUTE : TapProtocol.RAW;
        }

        public Builder controlId(String value) {
            controlId = value;
            return this;
        }

        public Builder protocol(TapProtocol value) {
            protocol = value;
            return this;
        }

        public Builder direction(TapDirection value) {
            direction = value;
            return this;
        }

        /** Null: what the dialect is used to, which is {@code L16} for vonage and jambonz, else {@code PCMU}. */
        public Builder codec(String value) {
            codec = value;
            return this;
        }

        /** 0: 8000, for L16 what the dialect is used to. */
        public Builder rate(int value) {
            rate = value;
            return this;
        }

        public Builder ptimeMillis(int value) {
            ptimeMillis = value;
            return this;
        }

        public Builder channels(int value) {
            channels = value;
            return this;
        }

        public Builder speaks(boolean value) {
            speaks = value;
            return this;
        }

        public Builder statusUrl(String value) {
            statusUrl = value;
            return this;
        }

        public Builder onSinkLoss(SinkLoss value) {
            onSinkLoss = value;
            return this;
        }

        public Builder parameters(Map<String, String> value) {
            parameters = value;
            return this;
        }

        public Builder headers(Map<String, String> value) {
            headers = value;
            return this;
        }

        public Builder authorization(String value) {
            authorization = value;
            return this;
        }

        public Builder subProtocol(String value) {
            subProtocol = value;
            return this;
        }

        public Builder tls(SSLContext value) {
            tls = value;
            return this;
        }

        public Builder reconnect(boolean value) {
            reconnect = value;
            return this;
        }

        public Builder bufferMillis(int value) {
            bufferMillis = value;
            return this;
        }

        public Builder sessionId(String value) {
            sessionId = value;
            return this;
        }

        public Builder tag(String value) {
            tag = value;
            return this;
        }

        public Builder tracks(boolean value) {
            tracks = value;
            return this;
        }

        /** @throws IllegalArgumentException see {@link TapSpec} */
        public TapSpec build() {
            boolean linear = codec == null && (protocol == TapProtocol.VONAGE || protocol == TapProtocol.JAMBONZ);
            String coding = codec != null ? codec : linear ? "L16" : "PCMU";
            int hertz = rate != 0 ? rate : coding.equals("L16") && protocol != TapProtocol.JAMBONZ ? 16000 : 8000;
            return new TapSpec(uri, controlId, protocol, direction, coding, hertz, ptimeMillis, channels, speaks, statusUrl, onSinkLoss, parameters,
                    headers, authorization, subProtocol, tls, reconnect, bufferMillis, sessionId, tag, tracks);
        }
    }
}
