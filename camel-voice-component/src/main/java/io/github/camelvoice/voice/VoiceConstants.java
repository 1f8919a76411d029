package io.github.camelvoice.voice;

import org.apache.camel.spi.Metadata;

/**
 * All headers of the component. Every name starts with {@code Camel}, so no transport and no SIP message can set one. A header that
 * carries the name of an option ({@code CamelVoiceRingTimeout}, {@code ringTimeout}; of voice:tap {@code CamelVoiceTapDirection},
 * {@code direction}) overrides that option for one exchange.
 */
public final class VoiceConstants extends VoiceSessionConstants {

    // Which call, and what to do with it.

    @Metadata(description = "The call: set by the consumers and by placing a call, read by every operation.", javaType = "String")
    public static final String CALL_ID = "CamelVoiceCallId";
    @Metadata(description = "The other call of a bridge: set by placing a call with bridge=true and by voice:sipinfo, read by "
            + "operation=bridge.",
            javaType = "String")
    public static final String BRIDGED_CALL_ID = "CamelVoiceBridgedCallId";
    @Metadata(label = "producer", description = "The operation, where the endpoint names neither an operation nor a target.",
            javaType = "String")
    public static final String OPERATION = "CamelVoiceOperation";

    // Placing a call.

    @Metadata(description = "Overrides the target: a SIP, SIPS or tel URI, or a user at a host; several of them between commas. On exchanges of a "
            + "consumer of voice:transfer: whom the far end wants.", javaType = "String")
    public static final String TARGET = "CamelVoiceTarget";
    @Metadata(label = "producer", description = "1 to 10 targets, before every other way to name one: a list, or a JSON array, of texts and of maps with "
            + "target and, for this target alone, transport (udp, tcp, tls), from, fromDisplay, username, password, outboundProxy, codecs, srtp, "
            + "ringTimeout, timeLimit, sessionExpires, headers (a map), or sipAccount in place of all who "
            + "and how.", javaType = "java.util.List")
    public static final String TARGETS = "CamelVoiceTargets";
    @Metadata(label = "producer", description = "Overrides the option from.", javaType = "String")
    public static final String FROM = "CamelVoiceFrom";
    @Metadata(label = "producer", description = "Overrides the option fromDisplay.", javaType = "String")
    public static final String FROM_DISPLAY = "CamelVoiceFromDisplay";
    @Metadata(label = "producer", description = "Overrides the option codecs.", javaType = "String")
    public static final String CODECS = "CamelVoiceCodecs";
    @Metadata(label = "producer", description = "Overrides the option srtp.", javaType = "String")
    public static final String SRTP = "CamelVoiceSrtp";
    @Metadata(label = "producer", description = "Overrides the option outboundProxy.", javaType = "String")
    public static final String OUTBOUND_PROXY = "CamelVoiceOutboundProxy";
    @Metadata(label = "producer", description = "Overrides the option ringTimeout: milliseconds, or text such as 30s.",
            javaType = "java.time.Duration")
    public static final String RING_TIMEOUT = "CamelVoiceRingTimeout";
    @Metadata(label = "producer", description = "Overrides the option timeLimit: milliseconds, or text such as 1h.",
            javaType = "java.time.Duration")
    public static final String TIME_LIMIT = "CamelVoiceTimeLimit";
    @Metadata(label = "producer", description = "Overrides the option sessionExpires, in seconds.", javaType = "Integer")
    public static final String SESSION_EXPIRES = "CamelVoiceSessionExpires";
    @Metadata(label = "producer", description = "Overrides the option waitFor.", javaType = "String")
    public static final String WAIT_FOR = "CamelVoiceWaitFor";
    @Metadata(label = "producer", description = "Overrides the option bridge.", javaType = "Boolean")
    public static final String BRIDGE = "CamelVoiceBridge";
    @Metadata(label = "producer", description = "Overrides the option statusCallback.", javaType = "String")
    public static final String STATUS_CALLBACK = "CamelVoiceStatusCallback";
    @Metadata(label = "producer", description = "Overrides the option statusCallbackEvent.", javaType = "String")
    public static final String STATUS_CALLBACK_EVENT = "CamelVoiceStatusCallbackEvent";
    @Metadata(label = "producer", description = "Overrides the option statusCallbackMethod.", javaType = "String")
    public static final String STATUS_CALLBACK_METHOD = "CamelVoiceStatusCallbackMethod";
    @Metadata(label = "producer", description = "Overrides the option sequential.", javaType = "Boolean")
    public static final String SEQUENTIAL = "CamelVoiceSequential";
    @Metadata(label = "producer", description = "Overrides the option maxRedirects.", javaType = "Integer")
    public static final String MAX_REDIRECTS = "CamelVoiceMaxRedirects";
    @Metadata(label = "producer", description = "Overrides the option ringTone.", javaType = "String")
    public static final String RING_TONE = "CamelVoiceRingTone";
    @Metadata(label = "producer", description = "Overrides the option answerOnBridge.", javaType = "Boolean")
    public static final String ANSWER_ON_BRIDGE = "CamelVoiceAnswerOnBridge";
    @Metadata(label = "producer", description = "Set by the route of whisper: false, and the leg does not get the call.", javaType = "Boolean")
    public static final String ACCEPT = "CamelVoiceAccept";
    @Metadata(description = "The call that this one was placed for; absent without one.", javaType = "String")
    public static final String PARENT_CALL_ID = "CamelVoiceParentCallId";
    @Metadata(label = "producer", description = "What came of calling several targets, or for a bridge: completed, busy, no_answer, failed or canceled.",
            javaType = "String")
    public static final String DIAL_STATUS = "CamelVoiceDialStatus";
    @Metadata(label = "producer", description = "Which target, from 0, the result headers are about: the one that has the call, or the best failure; absent "
            + "if none could be called.", javaType = "Integer")
    public static final String TARGET_INDEX = "CamelVoiceTargetIndex";
    @Metadata(label = "producer", description = "Every leg that was placed, as a list of maps: index (of its target), callId, target, winner, answered, and "
            + "sipCode and cause of those that are over; index and error of those that could not be placed.", javaType = "java.util.List")
    public static final String DIAL_LEGS = "CamelVoiceDialLegs";
    @Metadata(label = "producer", description = "Prefix: CamelVoiceSetSipHeader.Subject puts a Subject header on the INVITE, response or "
            + "BYE that the operation sends. A list makes several fields. Core headers of SIP cannot be set.", javaType = "String")
    public static final String SET_SIP_HEADER = "CamelVoiceSetSipHeader.";

    // Acting on a call.

    @Metadata(label = "producer", description = "Overrides the option code.", javaType = "Integer")
    public static final String CODE = "CamelVoiceCode";
    @Metadata(label = "producer", description = "Overrides the option phrase.", javaType = "String")
    public static final String PHRASE = "CamelVoicePhrase";
    @Metadata(label = "producer", description = "Overrides the option reason.", javaType = "String")
    public static final String REASON = "CamelVoiceReason";
    @Metadata(label = "producer", description = "Overrides the option contacts.", javaType = "String")
    public static final String CONTACTS = "CamelVoiceContacts";
    @Metadata(label = "producer", description = "Overrides the option earlyMedia.", javaType = "Boolean")
    public static final String EARLY_MEDIA = "CamelVoiceEarlyMedia";
    @Metadata(label = "producer", description = "Overrides the option reliable.", javaType = "Boolean")
    public static final String RELIABLE = "CamelVoiceReliable";
    @Metadata(label = "producer", description = "Overrides the option source.", javaType = "String")
    public static final String SOURCE = "CamelVoiceSource";
    @Metadata(label = "producer", description = "Overrides the option repeat.", javaType = "Integer")
    public static final String REPEAT = "CamelVoiceRepeat";
    @Metadata(label = "producer", description = "Overrides the option wait.", javaType = "Boolean")
    public static final String WAIT = "CamelVoiceWait";
    @Metadata(label = "producer", description = "Overrides the option file.", javaType = "String")
    public static final String FILE = "CamelVoiceFile";
    @Metadata(label = "producer", description = "Overrides the option layout.", javaType = "String")
    public static final String LAYOUT = "CamelVoiceLayout";
    @Metadata(label = "producer", description = "Overrides the option recordLimit: milliseconds, or text such as 10m.",
            javaType = "java.time.Duration")
    public static final String RECORD_LIMIT = "CamelVoiceRecordLimit";
    @Metadata(label = "producer", description = "Overrides the option digits.", javaType = "String")
    public static final String DIGITS = "CamelVoiceDigits";
    @Metadata(label = "producer", description = "Overrides the option toneLength: milliseconds, or text such as 100ms.",
            javaType = "java.time.Duration")
    public static final String TONE_LENGTH = "CamelVoiceToneLength";
    @Metadata(label = "producer", description = "Overrides the option toneGap: milliseconds, or text such as 100ms.",
            javaType = "java.time.Duration")
    public static final String TONE_GAP = "CamelVoiceToneGap";
    @Metadata(label = "producer", description = "Overrides the option dtmfMethod.", javaType = "String")
    public static final String DTMF_METHOD = "CamelVoiceDtmfMethod";
    @Metadata(label = "producer", description = "Overrides the option contentType.", javaType = "String")
    public static final String CONTENT_TYPE = "CamelVoiceContentType";

    // Reading what was said on the wire.

    @Metadata(label = "producer", description = "Overrides the option format.", javaType = "String")
    public static final String FORMAT = "CamelVoiceFormat";
    @Metadata(label = "producer", description = "Overrides the option raw.", javaType = "Boolean")
    public static final String RAW = "CamelVoiceRaw";
    @Metadata(label = "producer", description = "Overrides the option live.", javaType = "Boolean")
    public static final String LIVE = "CamelVoiceLive";
    @Metadata(label = "consumer", description = "How often this record was handed to the route, this time included: from 1.",
            javaType = "Integer")
    public static final String ATTEMPT = "CamelVoiceAttempt";
    @Metadata(description = "One line in plain words: why the call ended as it did.", javaType = "String")
    public static final String END_REASON = "CamelVoiceEndReason";

    // What is known about a call.

    @Metadata(description = "State of the call: OFFERED, RINGING, ACCEPTED, CALLING, ALERTING, CANCELLING, ACTIVE, ENDING or ENDED.",
            javaType = "String")
    public static final String CALL_STATE = "CamelVoiceCallState";
    @Metadata(description = "INBOUND or OUTBOUND.", javaType = "String")
    public static final String DIRECTION = "CamelVoiceDirection";
    @Metadata(description = "Call-ID of the SIP dialog; read by voice:sipinfo where CamelVoiceCallId is absent.", javaType = "String")
    public static final String SIP_CALL_ID = "CamelVoiceSipCallId";
    @Metadata(description = "URI of the caller.", javaType = "String")
    public static final String FROM_URI = "CamelVoiceFromUri";
    @Metadata(label = "consumer", description = "User part of the caller's URI.", javaType = "String")
    public static final String FROM_USER = "CamelVoiceFromUser";
    @Metadata(label = "consumer", description = "Display name of the caller; absent without one.", javaType = "String")
    public static final String FROM_NAME = "CamelVoiceFromName";
    @Metadata(description = "URI of the To header.", javaType = "String")
    public static final String TO_URI = "CamelVoiceToUri";
    @Metadata(label = "consumer", description = "User part of the To header's URI.", javaType = "String")
    public static final String TO_USER = "CamelVoiceToUser";
    @Metadata(description = "Request-URI: what was really called; of a placed call, its target.", javaType = "String")
    public static final String CALLED_URI = "CamelVoiceCalledUri";
    @Metadata(label = "consumer", description = "User part of the Request-URI.", javaType = "String")
    public static final String CALLED_USER = "CamelVoiceCalledUser";
    @Metadata(description = "udp, tcp or tls.", javaType = "String")
    public static final String TRANSPORT = "CamelVoiceTransport";
    @Metadata(description = "ip:port where the INVITE came from.", javaType = "String")
    public static final String REMOTE_ADDRESS = "CamelVoiceRemoteAddress";
    @Metadata(description = "User that passed digest authentication; absent where none was asked.", javaType = "String")
    public static final String AUTHENTICATED_USER = "CamelVoiceAuthenticatedUser";
    @Metadata(description = "Prefix: CamelVoiceSipHeader.Subject is the Subject header of the INVITE (consumer) or of the far end's "
            + "response (producer). A header that came several times is a list.", javaType = "String")
    public static final String SIP_HEADER = "CamelVoiceSipHeader.";
    @Metadata(description = "Codec that was agreed on; absent before.", javaType = "String")
    public static final String CODEC = "CamelVoiceCodec";
    @Metadata(description = "Suite of SRTP that was agreed on, AES_CM_128_HMAC_SHA1_80; absent where audio is not encrypted.", javaType = "String")
    public static final String SRTP_SUITE = "CamelVoiceSrtpSuite";
    @Metadata(description = "Seconds from the start of the call to its answer; absent before.", javaType = "Double")
    public static final String SETUP_TIME = "CamelVoiceSetupTime";
    @Metadata(description = "Seconds from the answer to the end; absent before the end.", javaType = "Double")
    public static final String DURATION = "CamelVoiceDuration";

    // How an operation or a call came out.

    @Metadata(description = "SIP status that tells how the call ended; absent while it lives.", javaType = "Integer")
    public static final String SIP_CODE = "CamelVoiceSipCode";
    @Metadata(description = "Reason phrase of that status.", javaType = "String")
    public static final String SIP_PHRASE = "CamelVoiceSipPhrase";
    @Metadata(description = "Value of the Reason header that came or was sent with the end; absent without one.",
            javaType = "String")
    public static final String SIP_REASON = "CamelVoiceSipReason";
    @Metadata(description = "Who ended the call: LOCAL, REMOTE, TIMEOUT or TRANSPORT.", javaType = "String")
    public static final String ENDED_BY = "CamelVoiceEndedBy";
    @Metadata(description = "Class of the cause: normal, busy, declined, no_answer, cancelled, not_found, "
            + "unauthorized, not_acceptable, redirected, bad_request, unavailable, overloaded, server_error, transport, dialog_lost, "
            + "session_expired, time_limit, media_lost or interrupted.", javaType = "String")
    public static final String CAUSE = "CamelVoiceCause";
    @Metadata(description = "Whether a new attempt, later or elsewhere, may succeed.", javaType = "Boolean")
    public static final String RETRYABLE = "CamelVoiceRetryable";
    @Metadata(label = "producer", description = "Id of the playing or recording.", javaType = "String")
    public static final String OPERATION_ID = "CamelVoiceOperationId";
    @Metadata(label = "producer", description = "How a playing or recording came out: completed, stopped or failed.", javaType = "String")
    public static final String OUTCOME = "CamelVoiceOutcome";
    @Metadata(label = "producer", description = "Seconds played or recorded.", javaType = "Double")
    public static final String LENGTH = "CamelVoiceLength";
    @Metadata(label = "producer", description = "Path of the recording's file.", javaType = "String")
    public static final String RECORDING = "CamelVoiceRecording";

    // Documents.

    @Metadata(label = "producer", description = "Overrides the option url.", javaType = "String")
    public static final String URL = "CamelVoiceUrl";
    @Metadata(label = "producer", description = "Overrides the option atEnd.", javaType = "String")
    public static final String AT_END = "CamelVoiceAtEnd";
    @Metadata(label = "producer", description = "What a document finds as params: a Map, or JSON text with an object.", javaType = "java.util.Map")
    public static final String DOCUMENT_PARAMS = "CamelVoiceDocumentParams";
    @Metadata(label = "producer", description = "Id of the execution of a document.", javaType = "String")
    public static final String DOCUMENT_ID = "CamelVoiceDocumentId";
    @Metadata(label = "producer", description = "How a document ended: completed, hangup, returned, call-over, failed or replaced.",
            javaType = "String")
    public static final String DOCUMENT_ENDING = "CamelVoiceDocumentEnding";
    @Metadata(label = "producer", description = "The variables of a document at its end.", javaType = "java.util.Map")
    public static final String DOCUMENT_VARIABLES = "CamelVoiceDocumentVariables";
    @Metadata(label = "producer", description = "What a document returned; absent without a return.", javaType = "Object")
    public static final String DOCUMENT_RETURN = "CamelVoiceDocumentReturn";

    // Transfers.

    @Metadata(label = "producer", description = "Overrides the option mode.", javaType = "String")
    public static final String MODE = "CamelVoiceMode";
    @Metadata(description = "Overrides the option replaces. On exchanges of a consumer of voice:transfer: the call of ours whose place the far end "
            + "wants to be taken; absent for a blind transfer, and where the call is not ours.", javaType = "String")
    public static final String REPLACES = "CamelVoiceReplaces";
    @Metadata(description = "Overrides the option referredBy. On exchanges of a consumer of voice:transfer: the URI of who asks, as the far end "
            + "says.", javaType = "String")
    public static final String REFERRED_BY = "CamelVoiceReferredBy";
    @Metadata(label = "producer", description = "Overrides the option notifyTimeout: milliseconds, or text such as 30s.",
            javaType = "java.time.Duration")
    public static final String NOTIFY_TIMEOUT = "CamelVoiceNotifyTimeout";
    @Metadata(label = "producer", description = "Overrides the option until.", javaType = "String")
    public static final String UNTIL = "CamelVoiceUntil";
    @Metadata(label = "producer", description = "Overrides the option hold.", javaType = "Boolean")
    public static final String HOLD = "CamelVoiceHold";
    @Metadata(label = "producer", description = "Overrides the option hangup.", javaType = "Boolean")
    public static final String HANGUP = "CamelVoiceHangup";
    @Metadata(description = "Id of the transfer, as in its events.", javaType = "String")
    public static final String TRANSFER_ID = "CamelVoiceTransferId";
    @Metadata(label = "producer", description = "What became of the transfer: accepted, completed, busy, no-answer, canceled, failed, unknown.",
            javaType = "String")
    public static final String TRANSFER_STATUS = "CamelVoiceTransferStatus";
    @Metadata(label = "producer", description = "How it was done: refer or local.", javaType = "String")
    public static final String TRANSFER_MODE = "CamelVoiceTransferMode";
    @Metadata(label = "producer", description = "SIP status of the answer to our REFER, 202 as a rule; absent where none was sent.",
            javaType = "Integer")
    public static final String REFER_CODE = "CamelVoiceReferCode";
    @Metadata(label = "producer", description = "SIP status of the target's call: as the last NOTIFY told it, or as we saw it ourselves; absent where "
            + "nobody knows.", javaType = "Integer")
    public static final String NOTIFY_CODE = "CamelVoiceNotifyCode";

    // Events.

    @Metadata(label = "consumer", description = "Kind of the event, call-answered for example.", javaType = "String")
    public static final String EVENT = "CamelVoiceEvent";
    @Metadata(label = "consumer", description = "Number of the event within its call, from 0.", javaType = "Long")
    public static final String EVENT_SEQUENCE = "CamelVoiceEventSequence";

    // Taps: what is asked for.

    @Metadata(description = "Overrides the option uri of voice:tap; after operation=start, where the audio goes, without credentials and query.",
            javaType = "String")
    public static final String TAP_URI = "CamelVoiceTapUri";
    @Metadata(description = "Overrides the option controlId of voice:tap; after operation=start and on exchanges of the "
            + "consumer, the name of the tap.", javaType = "String")
    public static final String TAP_CONTROL_ID = "CamelVoiceTapControlId";
    @Metadata(description = "Overrides the option codec of voice:tap; after operation=start and on exchanges of the "
            + "consumer, the codec of the audio.", javaType = "String")
    public static final String TAP_CODEC = "CamelVoiceTapCodec";
    @Metadata(description = "Overrides the option rate of voice:tap; after operation=start and on exchanges of the consumer, samples per second.",
            javaType = "Integer")
    public static final String TAP_RATE = "CamelVoiceTapRate";
    @Metadata(description = "Overrides the option channels of voice:tap; on exchanges of the consumer, 1 or 2.", javaType = "Integer")
    public static final String TAP_CHANNELS = "CamelVoiceTapChannels";
    @Metadata(label = "producer", description = "Overrides the option direction of voice:tap.", javaType = "String")
    public static final String TAP_DIRECTION = "CamelVoiceTapDirection";
    @Metadata(label = "producer", description = "Overrides the option rtpPtime of voice:tap.", javaType = "Integer")
    public static final String TAP_RTP_PTIME = "CamelVoiceTapRtpPtime";
    @Metadata(label = "producer", description = "Overrides the option protocol of voice:tap.", javaType = "String")
    public static final String TAP_PROTOCOL = "CamelVoiceTapProtocol";
    @Metadata(label = "producer", description = "Overrides the option bidirectional of voice:tap.", javaType = "Boolean")
    public static final String TAP_BIDIRECTIONAL = "CamelVoiceTapBidirectional";
    @Metadata(label = "producer", description = "Overrides the option statusUrl of voice:tap.", javaType = "String")
    public static final String TAP_STATUS_URL = "CamelVoiceTapStatusUrl";
    @Metadata(label = "producer", description = "Overrides the option username of voice:tap.", javaType = "String")
    public static final String TAP_USERNAME = "CamelVoiceTapUsername";
    @Metadata(label = "producer", description = "Overrides the option password of voice:tap.", javaType = "String")
    public static final String TAP_PASSWORD = "CamelVoiceTapPassword";
    @Metadata(label = "producer", description = "Value of the Authorization header of the upgrade of the tap's WebSocket, as it stands.", javaType = "String")
    public static final String TAP_AUTHORIZATION = "CamelVoiceTapAuthorization";
    @Metadata(label = "producer", description = "Overrides the option accessToken of voice:tap.", javaType = "String")
    public static final String TAP_ACCESS_TOKEN = "CamelVoiceTapAccessToken";
    @Metadata(label = "producer", description = "Overrides the option subProtocol of voice:tap.", javaType = "String")
    public static final String TAP_SUB_PROTOCOL = "CamelVoiceTapSubProtocol";
    @Metadata(label = "producer", description = "Overrides the option onSinkLoss of voice:tap: continue or hangup.", javaType = "String")
    public static final String TAP_ON_SINK_LOSS = "CamelVoiceTapOnSinkLoss";
    @Metadata(label = "producer", description = "Overrides the option reconnect of voice:tap.", javaType = "Boolean")
    public static final String TAP_RECONNECT = "CamelVoiceTapReconnect";
    @Metadata(label = "producer", description = "Overrides the option buffer of voice:tap: milliseconds, or text such as 2s.",
            javaType = "java.time.Duration")
    public static final String TAP_BUFFER = "CamelVoiceTapBuffer";
    @Metadata(label = "producer", description = "Overrides the option tag of voice:tap.", javaType = "String")
    public static final String TAP_TAG = "CamelVoiceTapTag";
    @Metadata(label = "producer", description = "Prefix: CamelVoiceTapHeader.X-Api-Key puts that header on the upgrade of the tap's WebSocket.",
            javaType = "String")
    public static final String TAP_HEADER = "CamelVoiceTapHeader.";
    @Metadata(label = "producer", description = "Prefix: CamelVoiceTapParameter.language is a parameter that the far end of the tap's WebSocket "
            + "is told, where the dialect has a place for it.", javaType = "String")
    public static final String TAP_PARAMETER = "CamelVoiceTapParameter.";

    // Taps: how it came out.

    @Metadata(label = "producer", description = "success, or failed where the far end of the tap could not be reached.", javaType = "String")
    public static final String TAP_RESULT = "CamelVoiceTapResult";
    @Metadata(label = "producer", description = "success, or failed where there was no such tap.", javaType = "String")
    public static final String STOP_TAP_RESULT = "CamelVoiceStopTapResult";
    @Metadata(description = "Why the tap failed, or is over: stopped, call-ended, or what was wrong; absent while it runs.", javaType = "String")
    public static final String TAP_REASON = "CamelVoiceTapReason";
    @Metadata(label = "producer", description = "Address that the RTP of the tap comes from; absent for other protocols.", javaType = "String")
    public static final String TAP_RTP_SRC_ADDR = "CamelVoiceTapRtpSrcAddr";
    @Metadata(label = "producer", description = "Port that the RTP of the tap comes from; absent for other protocols.", javaType = "Integer")
    public static final String TAP_RTP_SRC_PORT = "CamelVoiceTapRtpSrcPort";
    @Metadata(label = "producer", description = "Milliseconds of audio in a packet or frame.", javaType = "Integer")
    public static final String TAP_PTIME = "CamelVoiceTapPtime";
    @Metadata(label = "producer", description = "The whole of what is known about the tap; as text, a JSON object.",
            javaType = "io.github.camelvoice.tap.TapInfo")
    public static final String TAP_INFO = "CamelVoiceTapInfo";

    // Taps: the audio that a consumer gets.

    @Metadata(label = "consumer", description = "Whose voice: inbound (what the far end of the call says), outbound (what it hears), mix, or "
            + "stereo (inbound left, outbound right).", javaType = "String")
    public static final String TAP_TRACK = "CamelVoiceTapTrack";
    @Metadata(label = "consumer", description = "Number of the exchange within its track, from 0; one that was dropped is missing.",
            javaType = "Long")
    public static final String TAP_SEQUENCE = "CamelVoiceTapSequence";
    @Metadata(label = "consumer", description = "Begin of the audio in milliseconds from the start of the tap.", javaType = "Long")
    public static final String TAP_TIMESTAMP = "CamelVoiceTapTimestamp";
    @Metadata(label = "consumer", description = "Length of the audio in milliseconds.", javaType = "Long")
    public static final String TAP_DURATION = "CamelVoiceTapDuration";
    @Metadata(label = "consumer", description = "Milliseconds of audio that are missing before this exchange, because the route was too slow; "
            + "absent without a gap.", javaType = "Long")
    public static final String TAP_GAP = "CamelVoiceTapGap";
    @Metadata(label = "consumer", description = "true on the last exchange of a track, whose body may be empty; absent before.", javaType = "Boolean")
    public static final String TAP_LAST = "CamelVoiceTapLast";

    // Callbacks.

    @Metadata(label = "consumer", description = "Id of the callback, the same with every attempt: the receiver knows by it what it has had already.",
            javaType = "String")
    public static final String CALLBACK_ID = "CamelVoiceCallbackId";
    @Metadata(label = "consumer", description = "Where the callback goes: http for a URL, else the name of a configured target.", javaType = "String")
    public static final String CALLBACK_TARGET = "CamelVoiceCallbackTarget";
    @Metadata(label = "consumer", description = "The URL of the callback, as it was given: it may have secrets in it. Absent for a named target.",
            javaType = "String")
    public static final String CALLBACK_URL = "CamelVoiceCallbackUrl";
    @Metadata(label = "consumer", description = "POST, or GET where the body is a form that belongs into the query of the URL. Absent for a named target.",
            javaType = "String")
    public static final String CALLBACK_METHOD = "CamelVoiceCallbackMethod";
    @Metadata(label = "consumer", description = "Which attempt this is, from 1.", javaType = "Integer")
    public static final String CALLBACK_ATTEMPT = "CamelVoiceCallbackAttempt";
    @Metadata(label = "consumer", description = "Signature of URL and body; absent for a named target, and where the consumer has no secretKey.",
            javaType = "String")
    public static final String CALLBACK_SIGNATURE = "CamelVoiceCallbackSignature";
    @Metadata(label = "consumer", description = "What the callback is about: tap, play, call or recording.", javaType = "String")
    public static final String CALLBACK_KIND = "CamelVoiceCallbackKind";

    @Metadata(label = "consumer", description = "RecordingSid of a recording that is sent to an endpoint of recordingTargets.", javaType = "String")
    public static final String RECORDING_ID = "CamelVoiceRecordingId";

    // Speech.

    @Metadata(label = "consumer", description = "Language of a text that is to be spoken, for the endpoint of the option speech: en-US.",
            javaType = "String")
    public static final String SPEECH_LANGUAGE = "CamelVoiceSpeechLanguage";
    @Metadata(label = "consumer", description = "Name of the voice of a text that is to be spoken, as its document has it; absent for any.",
            javaType = "String")
    public static final String SPEECH_VOICE = "CamelVoiceSpeechVoice";

    private VoiceConstants() {
    }
}
