package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.RecordTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Makes the call room's commands out of options and headers. */
final class Commands {

    private static final int DECLINE = 603;

    private final VoiceConfiguration options;
    private final HeaderFilterStrategy filter;
    private final Recordings recordings;

    Commands(VoiceConfiguration options, HeaderFilterStrategy filter, Recordings recordings) {
        this.options = options;
        this.filter = filter;
        this.recordings = recordings;
    }

    /** @throws VoiceRequestException naming the option or header that is missing or wrong */
    CallCommand of(VoiceOperation operation, String callId, Exchange exchange) throws VoiceRequestException {
        Arguments args = new Arguments(exchange);
        try {
            return make(operation, callId, exchange, args);
        } catch (IllegalArgumentException wrong) {
            throw new VoiceRequestException(callId, operation.word() + ": " + wrong.getMessage(), wrong);
        }
    }

    private CallCommand make(VoiceOperation operation, String callId, Exchange exchange, Arguments args) throws VoiceRequestException {
        return switch (operation) {
            case ANSWER -> new CallCommand.Answer(codecs(args), headers(exchange));
            case RING -> ring(exchange, args);
            case REJECT -> reject(exchange, args);
            case REDIRECT -> redirect(exchange, args);
            case HANGUP -> new CallCommand.Hangup(reason(args), headers(exchange));
            case PLAY -> new CallCommand.Play(AudioSources.of(args.text(VoiceConstants.SOURCE, "source", options.getSource()),
                    args.number(VoiceConstants.REPEAT, "repeat", options.getRepeat()), exchange));
            case STOP_PLAY -> new CallCommand.StopPlay();
            case START_RECORDING -> startRecording(callId, args);
            case STOP_RECORDING -> new CallCommand.StopRecording();
            case PAUSE_RECORDING -> new CallCommand.PauseRecording();
            case RESUME_RECORDING -> new CallCommand.ResumeRecording();
            case MUTE -> new CallCommand.Mute();
            case UNMUTE -> new CallCommand.Unmute();
            case SEND_DTMF -> sendDtmf(args);
            case HOLD -> new CallCommand.Hold();
            case RESUME -> new CallCommand.Resume();
            case ECHO -> new CallCommand.Echo(true);
            case STOP_ECHO -> new CallCommand.Echo(false);
            case BRIDGE -> new CallCommand.Bridge(needed("bridgedCallId", VoiceConstants.BRIDGED_CALL_ID,
                    args.name(VoiceConstants.BRIDGED_CALL_ID, "bridgedCallId", options.getBridgedCallId())));
            case UNBRIDGE -> new CallCommand.Unbridge();
            case SEND_INFO -> sendInfo(exchange, args);
            case PLACE, SHOW, LIST -> throw new IllegalArgumentException("is no command");
        };
    }

    private CallCommand ring(Exchange exchange, Arguments args) throws VoiceRequestException {
        boolean earlyMedia = args.flag(VoiceConstants.EARLY_MEDIA, "earlyMedia", options.isEarlyMedia());
        int code = args.number(VoiceConstants.CODE, "code", options.getCode());
        return new CallCommand.Ring(code == 0 ? (earlyMedia ? 183 : 180) : code, earlyMedia,
                args.flag(VoiceConstants.RELIABLE, "reliable", options.isReliable()), codecs(args), headers(exchange));
    }

    private CallCommand reject(Exchange exchange, Arguments args) throws VoiceRequestException {
        int code = args.number(VoiceConstants.CODE, "code", options.getCode());
        code = code == 0 ? DECLINE : code;
        String phrase = args.text(VoiceConstants.PHRASE, "phrase", options.getPhrase());
        if (phrase != null && phrase.chars().anyMatch(c -> c < ' ')) {
            throw new VoiceRequestException("phrase must be one line of text");
        }
        String reason = reason(args);
        SipHeaders headers = headers(exchange);
        return new CallCommand.Reject(code, phrase == null ? Phrases.of(code) : phrase,
                reason == null ? headers : headers.and(SipHeaders.of("Reason", reason)));
    }

    private CallCommand redirect(Exchange exchange, Arguments args) throws VoiceRequestException {
        List<String> contacts = args.list(VoiceConstants.CONTACTS, "contacts", options.getContacts());
        if (contacts.isEmpty()) {
            throw missing("contacts", VoiceConstants.CONTACTS);
        }
        for (String contact : contacts) {
            if (contact.chars().anyMatch(c -> c <= ' ' || c == '<' || c == '>')) {
                throw new VoiceRequestException("contacts must be SIP URIs, separated by commas: " + contact);
            }
        }
        return new CallCommand.Redirect(contacts, headers(exchange));
    }

    private CallCommand startRecording(String callId, Arguments args) throws VoiceRequestException {
        Path file = recordings.file(args.text(VoiceConstants.FILE, "file", options.getFile()), callId);
        Duration limit = args.time(VoiceConstants.RECORD_LIMIT, "recordLimit", options.getRecordLimit());
        return new CallCommand.StartRecording(new RecordTarget(file,
                args.choice(VoiceConstants.LAYOUT, "layout", options.getLayout(), RecordTarget.Layout.class),
                limit.isZero() ? null : limit));
    }

    private CallCommand sendDtmf(Arguments args) throws VoiceRequestException {
        return new CallCommand.SendDtmf(needed("digits", VoiceConstants.DIGITS, args.text(VoiceConstants.DIGITS, "digits", options.getDigits())),
                millis(args.time(VoiceConstants.TONE_LENGTH, "toneLength", options.getToneLength())),
                millis(args.time(VoiceConstants.TONE_GAP, "toneGap", options.getToneGap())),
                args.choice(VoiceConstants.DTMF_METHOD, "dtmfMethod", options.getDtmfMethod(), CallCommand.DtmfMethod.class));
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }

    private CallCommand sendInfo(Exchange exchange, Arguments args) throws VoiceRequestException {
        String contentType = needed("contentType", VoiceConstants.CONTENT_TYPE,
                args.text(VoiceConstants.CONTENT_TYPE, "contentType", options.getContentType()));
        if (contentType.chars().anyMatch(c -> c < ' ')) {
            throw new VoiceRequestException("contentType must be one line of text");
        }
        String body = exchange.getMessage().getBody(String.class);
        return new CallCommand.SendInfo(contentType, body == null ? "" : body);
    }

    private String reason(Arguments args) throws VoiceRequestException {
        String reason = args.text(VoiceConstants.REASON, "reason", options.getReason());
        if (reason != null && reason.chars().anyMatch(c -> c < ' ')) {
            throw new VoiceRequestException("reason must be one line of text");
        }
        return reason;
    }

    private List<String> codecs(Arguments args) throws VoiceRequestException {
        return args.list(VoiceConstants.CODECS, "codecs", options.getCodecs());
    }

    private SipHeaders headers(Exchange exchange) throws VoiceRequestException {
        return SipHeaderMapping.write(exchange, filter);
    }

    private static String needed(String option, String header, String value) throws VoiceRequestException {
        if (value == null) {
            throw missing(option, header);
        }
        return value;
    }

    static VoiceRequestException missing(String option, String header) {
        return new VoiceRequestException("give the option " + option + " or the header " + header);
    }
}
