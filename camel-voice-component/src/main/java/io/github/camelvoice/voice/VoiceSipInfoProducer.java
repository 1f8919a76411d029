package io.github.camelvoice.voice;

import io.github.camelvoice.trace.SipInfo;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Fetches what was said on the wire about one call. The database is waited for on threads of its own. */
public class VoiceSipInfoProducer extends DefaultAsyncProducer {

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;

    public VoiceSipInfoProducer(VoiceEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        OptionRules.checkSipInfoProducer(endpoint.given());
        Arguments.choice("format", options.getFormat(), SipInfoFormat.class);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.archive();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Arguments args = new Arguments(exchange);
            String id = args.name(VoiceConstants.CALL_ID, "callId", options.getCallId());
            if (id == null) {
                id = args.text(VoiceConstants.SIP_CALL_ID, "sipCallId", null);
            }
            if (id == null) {
                throw Commands.missing("callId", VoiceConstants.CALL_ID);
            }
            SipInfoFormat format = args.choice(VoiceConstants.FORMAT, "format", options.getFormat(), SipInfoFormat.class);
            boolean raw = args.flag(VoiceConstants.RAW, "raw", options.isRaw());
            boolean live = args.flag(VoiceConstants.LIVE, "live", options.isLive());
            return fetch(id, live, exchange, callback, info -> SipInfoResult.set(exchange, info, format, raw));
        } catch (Exception failure) {
            exchange.setException(Failures.translate(failure));
            callback.done(true);
            return true;
        }
    }

    private boolean fetch(String id, boolean live, Exchange exchange, AsyncCallback callback, Continuation.Step<SipInfo> step) throws Exception {
        VoiceComponent component = endpoint.getComponent();
        String project = endpoint.engine().project();
        return Continuation.resume(component::goOn, endpoint.archive().read(id, archive -> {
            SipInfo info = archive.read(project, id)
                    .orElseThrow(() -> new VoiceCallNotFoundException(id, "no call that is kept has this id", null));
            if (!live && !info.call().isOver()) {
                throw new VoiceCallStateException(info.call().callId(), "the call lives: its messages can be read when it is over, or with live=true",
                        null);
            }
            return info;
        }), exchange, callback, step);
    }
}
