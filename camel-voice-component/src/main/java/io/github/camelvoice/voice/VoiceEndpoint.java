package io.github.camelvoice.voice;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Phone calls over SIP: take them, place them, act on them, stream their audio, follow what happens to them, read what was said on the wire; watch what phones and lines do; be a phone at another server. */
@ManagedResource(description = "Managed voice endpoint")
@UriEndpoint(firstVersion = "0.1.0", scheme = "voice", title = "Voice", syntax = "voice:resource:target",
        category = {Category.NETWORKING, Category.MESSAGING}, headersClass = VoiceConstants.class)
public class VoiceEndpoint extends DefaultEndpoint implements EndpointServiceLocation, HeaderFilterStrategyAware,
        MultipleConsumersSupport {

    private static final List<String> INCOMING = List.of("watchers", "publications");

    @UriPath(enums = "call,events,sipinfo,tap,document,callbacks,transfer,subscribe,session", description = "What the endpoint is about: calls, the events of calls, "
            + "what was said on the wire, the audio of calls, documents that say what happens to a call, what others are told, transfers, the "
            + "state of phones and lines, or accounts of ours at other servers.")
    @org.apache.camel.spi.Metadata(required = true)
    private String resource;
    @UriPath(description = "Whom to call, or to transfer to: a SIP, SIPS or tel URI, or a user at a host. For a URI with escapes or parameters behind a question mark use "
            + "the header CamelVoiceTarget. Of a consumer of voice:tap: its name, for taps that are started with uri=route:NAME. Of voice:subscribe: whose state. Of "
            + "voice:session: the account, a user at a host.")
    private String target;
    @UriParam
    private final VoiceConfiguration configuration;
    @UriParam(label = "filter", description = "Which SIP headers become message headers and back; without it, all but those whose names begin with Camel.")
    private HeaderFilterStrategy headerFilterStrategy;
    @UriParam(label = "security", description = "voice:tap: certificates and trust for wss; without it, those of the component, then the "
            + "global ones if useGlobalSslContextParameters says so, then those of the JVM.")
    private SSLContextParameters sslContextParameters;
    private final VoiceResource kind;
    private Set<String> given = Set.of();

    public VoiceEndpoint(String uri, VoiceComponent component, VoiceResource resource, VoiceConfiguration configuration) {
        super(uri, component);
        this.kind = resource;
        this.resource = resource.word();
        this.configuration = configuration;
        if (resource == VoiceResource.CALL || resource == VoiceResource.TRANSFER) {
            setExchangePattern(ExchangePattern.InOut);
        }
    }

    @Override
    public Producer createProducer() {
        return switch (kind) {
            case CALL -> new VoiceCallProducer(this);
            case EVENTS, CALLBACKS -> throw new IllegalArgumentException("voice:" + resource + " can only be consumed from");
            case SIPINFO -> sipInfoProducer();
            case TAP -> tapProducer();
            case DOCUMENT -> documentProducer();
            case TRANSFER -> new VoiceTransferProducer(this);
            case SUBSCRIBE -> new VoiceSubscribeProducer(this);
            case SESSION -> new VoiceSessionProducer(this);
        };
    }

    private Producer tapProducer() {
        if (target != null) {
            throw new IllegalArgumentException("a producer of voice:tap has no target; the option uri says where the audio goes: " + target);
        }
        return new VoiceTapProducer(this);
    }

    private Producer sipInfoProducer() {
        if (target != null) {
            throw new IllegalArgumentException("voice:sipinfo has no target; the option callId names the call: " + target);
        }
        if (configuration.getOperation() != null && given.contains("operation")) {
            throw new IllegalArgumentException("voice:sipinfo has no operation: " + configuration.getOperation());
        }
        return new VoiceSipInfoProducer(this);
    }

    private Producer documentProducer() {
        if (target != null) {
            throw new IllegalArgumentException("voice:document has no target; the option callId names the call: " + target);
        }
        return new VoiceDocumentProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (target != null && kind != VoiceResource.TAP && kind != VoiceResource.SESSION && (kind != VoiceResource.SUBSCRIBE || incoming() != null)) {
            throw new IllegalArgumentException("a consumer has no target; the option called filters by user: " + target);
        }
        if (kind == VoiceResource.DOCUMENT) {
            throw new IllegalArgumentException("voice:document can only be sent to");
        }
        if (configuration.getOperation() != null) {
            throw new IllegalArgumentException("a consumer has no operation: " + configuration.getOperation());
        }
        if (kind == VoiceResource.SUBSCRIBE && incoming() != null) {
            if (!INCOMING.contains(incoming())) {
                throw new IllegalArgumentException("incoming has no value '" + incoming() + "'; there are " + INCOMING);
            }
            OptionRules.checkIncoming(incoming(), given);
        } else {
            OptionRules.checkConsumer(kind, isNamed(), given);
        }
        Consumer consumer = switch (kind) {
            case CALL -> new VoiceCallConsumer(this, processor);
            case EVENTS -> new VoiceEventsConsumer(this, processor);
            case SIPINFO -> new VoiceSipInfoConsumer(this, processor);
            case TAP -> new VoiceTapConsumer(this, processor);
            case CALLBACKS -> new VoiceCallbacksConsumer(this, processor);
            case TRANSFER -> new VoiceTransferConsumer(this, processor);
            case SUBSCRIBE -> subscribeConsumer(processor);
            case SESSION -> new VoiceSessionConsumer(this, processor);
            case DOCUMENT -> throw new IllegalStateException("refused above");
        };
        configureConsumer(consumer);
        return consumer;
    }

    /** Null for changes of what we watch. */
    private String incoming() {
        return given.contains("incoming") ? Arguments.blankToNull(configuration.getIncoming()) : null;
    }

    /** Whether the endpoint is about one thing more than its resource: a tap, watched resources, an account that it registers. */
    private boolean isNamed() {
        return kind == VoiceResource.SESSION ? registers() : target != null;
    }

    /** Whether a consumer of voice:session registers the account of its path. */
    boolean registers() {
        return target != null && (given.contains("password") || given.contains("register") && configuration.isRegister());
    }

    private Consumer subscribeConsumer(Processor processor) throws Exception {
        if (incoming() == null) {
            return new VoiceSubscribeConsumer(this, processor);
        }
        return incoming().equals("watchers") ? new VoiceWatchersConsumer(this, processor) : new VoicePublicationsConsumer(this, processor);
    }

    /** Any number of routes may follow events, records and states; which of two routes got a call, a callback, a transfer or a watcher would be chance. */
    @Override
    public boolean isMultipleConsumersSupported() {
        if (kind == VoiceResource.SUBSCRIBE) {
            return incoming() == null || incoming().equals("publications");
        }
        return kind != VoiceResource.CALL && kind != VoiceResource.CALLBACKS && kind != VoiceResource.TRANSFER;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        engine();
    }

    EngineLink engine() throws Exception {
        return getComponent().startedEngine();
    }

    /** What is kept of calls. @throws IllegalArgumentException if nothing is */
    ArchiveReader archive() throws Exception {
        if (getComponent().isBlank()) {
            throw new IllegalArgumentException("voice:sipinfo has nothing to read: the engine keeps no calls (options capture and store of the component)");
        }
        engine();
        return getComponent().archiveReader();
    }

    @Override
    public VoiceComponent getComponent() {
        return (VoiceComponent) super.getComponent();
    }

    @Override
    public String getServiceUrl() {
        VoiceComponent component = getComponent();
        EngineLink engine = component.runningEngine();
        return "sip:" + (engine == null ? component.getSipHost() + ":" + component.getSipPort() : engine.advertisedAddress());
    }

    @Override
    public String getServiceProtocol() {
        return "sip";
    }

    /** Whom the endpoint calls, without credentials. */
    @Override
    public Map<String, String> getServiceMetadata() {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("resource", resource);
        if (target != null) {
            metadata.put("target", target);
        }
        return metadata;
    }

    @ManagedAttribute(description = "Live calls of the engine")
    public int getLiveCalls() {
        EngineLink engine = getComponent().runningEngine();
        return engine == null ? 0 : engine.calls().count();
    }

    /** Names of the options that stand in the URI. */
    void given(Set<String> names) {
        given = Set.copyOf(names);
    }

    Set<String> given() {
        return given;
    }

    VoiceResource kind() {
        return kind;
    }

    @ManagedAttribute(description = "What the endpoint is about")
    public String getResource() {
        return resource;
    }

    public String getTarget() {
        return target;
    }

    public void setTarget(String value) {
        target = value;
    }

    public VoiceConfiguration getConfiguration() {
        return configuration;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters value) {
        sslContextParameters = value;
    }

    @Override
    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy value) {
        headerFilterStrategy = value;
    }
}
