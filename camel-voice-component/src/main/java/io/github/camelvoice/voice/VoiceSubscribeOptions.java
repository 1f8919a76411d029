package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:subscribe. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceSubscribeOptions extends VoiceTransferOptions {

    @UriParam(label = "common", description = "voice:subscribe: the event package (RFC 6665): reg, dialog, presence, message-summary, conference, "
            + "vq-rtcpxr (or rtcp-stats), refer or any other, with parameters if need be (dialog;call-id=x). A consumer without resources: only "
            + "changes of these packages, separated by commas; without it, of all.")
    private String event;
    @UriParam(label = "common", description = "voice:subscribe: whose state: SIP URIs, separated by commas, or a resource-lists document (RFC 4826): "
            + "file:path, classpath:name, ref:bean, or the text of the document. A producer without it and without a target takes the body.")
    private String resources;
    @UriParam(label = "common", description = "voice:subscribe: media types of state that are taken, separated by commas; without it, those of the package.")
    private String accept;
    @UriParam(label = "common", defaultValue = "0", javaType = "java.time.Duration",
            description = "voice:subscribe: how long each SIP subscription is asked for before it is refreshed, 0 for what the package recommends. "
            + "operation=publish: how long what is published holds, 0 for until it is withdrawn. voice:session: how long the account is registered before it is "
            + "refreshed, 0 for the default of the component.")
    private long expires;
    @UriParam(label = "common", defaultValue = "auto", enums = "auto,always,never",
            description = "voice:subscribe: whether one SUBSCRIBE is for all resources (RFC 5367): always; never, one for each; auto: where the server "
            + "takes it.")
    private String lists = "auto";
    @UriParam(label = "common", description = "voice:subscribe: id of the subscription, under which it is found again after a restart: up to 64 letters, digits and "
            + "hyphens. A consumer without it has one made of the id of its route, the package and the target; operation=create, one that is new.")
    private String subscription;
    @UriParam(label = "common", description = "voice:subscribe: the subscription that a producer acts on; without it, the header "
            + "CamelVoiceSubscriptionId names it. A consumer without resources: only changes of this one.")
    private String subscriptionId;
    @UriParam(label = "consumer", defaultValue = "full", enums = "full,changed,raw,json",
            description = "voice:subscribe: the body of an exchange: the whole state of the resource (full), what is new in it (changed), both as an "
            + "EventState; the document as it came (raw); or the whole state as JSON text (json).")
    private String body = "full";
    @UriParam(label = "consumer", defaultValue = "1d", javaType = "java.time.Duration",
            description = "voice:subscribe: how long the subscription goes on without its consumer: at least a minute, or 0 to end it when the consumer stops.")
    private long keep = 86_400_000;
    @UriParam(label = "consumer", enums = "watchers,publications",
            description = "voice:subscribe: consumes what comes to us: SUBSCRIBE of those who want to watch us (watchers), or PUBLISH (publications). "
            + "Without it, changes of what we watch.")
    private String incoming;

    public String getEvent() {
        return event;
    }

    public void setEvent(String value) {
        event = value;
    }

    public String getResources() {
        return resources;
    }

    public void setResources(String value) {
        resources = value;
    }

    public String getAccept() {
        return accept;
    }

    public void setAccept(String value) {
        accept = value;
    }

    public long getExpires() {
        return expires;
    }

    public void setExpires(long value) {
        expires = value;
    }

    public String getLists() {
        return lists;
    }

    public void setLists(String value) {
        lists = value;
    }

    public String getSubscription() {
        return subscription;
    }

    public void setSubscription(String value) {
        subscription = value;
    }

    public String getSubscriptionId() {
        return subscriptionId;
    }

    public void setSubscriptionId(String value) {
        subscriptionId = value;
    }

    public String getBody() {
        return body;
    }

    public void setBody(String value) {
        body = value;
    }

    public long getKeep() {
        return keep;
    }

    public void setKeep(long value) {
        keep = value;
    }

    public String getIncoming() {
        return incoming;
    }

    public void setIncoming(String value) {
        incoming = value;
    }
}
