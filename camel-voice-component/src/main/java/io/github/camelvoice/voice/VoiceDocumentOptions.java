package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:document. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceDocumentOptions extends VoiceSipInfoOptions {

    @UriParam(label = "producer", description = "voice:document: where the document is fetched, an http or https URL; its server is told of the "
            + "call. Without it, the body is the document.")
    private String url;
    @UriParam(label = "producer", defaultValue = "swml", enums = "swml,cxml",
            description = "voice:document: how url is asked: swml, a POST with JSON; cxml, a signed "
            + "form with the parameters of the call. The answer may be in any syntax.")
    private String request = "swml";
    @UriParam(label = "producer", defaultValue = "POST", enums = "GET,POST",
            description = "voice:document with request=cxml: method by which url is asked.")
    private String method = "POST";
    @UriParam(label = "producer", description = "voice:document with request=cxml: asked where url, or an action or Redirect of a document, gives "
            + "no document.")
    private String fallbackUrl;
    @UriParam(label = "producer", defaultValue = "POST", enums = "GET,POST",
            description = "voice:document with request=cxml: method by which fallbackUrl is asked.")
    private String fallbackMethod = "POST";
    @UriParam(label = "producer", defaultValue = "hangup", enums = "hangup,goOn",
            description = "voice:document: what becomes of the call when its document is over: it ends, or it goes on for the route.")
    private String atEnd = "hangup";

    public String getUrl() {
        return url;
    }

    public void setUrl(String value) {
        url = value;
    }

    public String getRequest() {
        return request;
    }

    public void setRequest(String value) {
        request = value;
    }

    public String getMethod() {
        return method;
    }

    public void setMethod(String value) {
        method = value;
    }

    public String getFallbackUrl() {
        return fallbackUrl;
    }

    public void setFallbackUrl(String value) {
        fallbackUrl = value;
    }

    public String getFallbackMethod() {
        return fallbackMethod;
    }

    public void setFallbackMethod(String value) {
        fallbackMethod = value;
    }

    public String getAtEnd() {
        return atEnd;
    }

    public void setAtEnd(String value) {
        atEnd = value;
    }
}
