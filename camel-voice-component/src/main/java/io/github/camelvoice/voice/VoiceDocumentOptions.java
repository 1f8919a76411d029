package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:document. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceDocumentOptions extends VoiceSipInfoOptions {

    @UriParam(label = "producer", description = "voice:document: where the document is fetched, an http or https URL; its server is told of the "
            + "call. Without it, the body is the document.")
    private String url;
    @UriParam(label = "producer", defaultValue = "hangup", enums = "hangup,goOn",
            description = "voice:document: what becomes of the call when its document is over: it ends, or it goes on for the route.")
    private String atEnd = "hangup";

    public String getUrl() {
        return url;
    }

    public void setUrl(String value) {
        url = value;
    }

    public String getAtEnd() {
        return atEnd;
    }

    public void setAtEnd(String value) {
        atEnd = value;
    }
}
