package io.github.camelvoice.voice;

import org.apache.camel.spi.Metadata;

/** Headers of voice:session. */
public abstract class VoiceSessionConstants extends VoiceSubscribeConstants {

    // Which account, and whose.

    @Metadata(description = "Name of the account, a user at a host: set on exchanges of a consumer of voice:session and on every result, a key for a broker; read by "
            + "a producer whose path names none.", javaType = "String")
    public static final String SESSION_ACCOUNT = "CamelVoiceSessionAccount";
    @Metadata(description = "Who made the account known, empty for the operator: set by a consumer of voice:session. A producer that finds it acts for that one alone: "
            + "the accounts of others are not found, and where none is named it is the one that was registered or named last.", javaType = "String")
    public static final String SESSION_OWNER = "CamelVoiceSessionOwner";

    @Metadata(label = "consumer", description = "voice:call: the account of ours that was called, a user at a host; absent where none was.", javaType = "String")
    public static final String CALLED_ACCOUNT = "CamelVoiceCalledAccount";
    @Metadata(label = "producer", description = "Overrides the option sipAccount.", javaType = "String")
    public static final String SIP_ACCOUNT = "CamelVoiceSipAccount";

    // What came of it, and what happened.

    @Metadata(description = "What the status says: READY.", javaType = "String")
    public static final String SESSION_STATUS = "CamelVoiceSessionStatus";
    @Metadata(description = "The same as a number, 0 to 21, as the ONDEWO-SIP document has it.", javaType = "Integer")
    public static final String SESSION_STATUS_NUMBER = "CamelVoiceSessionStatusNumber";
    @Metadata(description = "Number of the status, from 1, growing by one per account; 0 of an answer that is no part of the history.", javaType = "Long")
    public static final String SESSION_SEQUENCE = "CamelVoiceSessionSequence";
    @Metadata(description = "The far end of the call that the status is about; absent without one.", javaType = "String")
    public static final String SESSION_CALLEE = "CamelVoiceSessionCallee";
    @Metadata(description = "Whom the call is transferred to; absent where it is not.", javaType = "String")
    public static final String SESSION_TRANSFER_TARGET = "CamelVoiceSessionTransferTarget";
    @Metadata(description = "More in words: 486 Busy Here; absent where there is no more to say.", javaType = "String")
    public static final String SESSION_DESCRIPTION = "CamelVoiceSessionDescription";
    @Metadata(description = "Simple name of what went wrong; absent where nothing did.", javaType = "String")
    public static final String SESSION_EXCEPTION = "CamelVoiceSessionException";
    @Metadata(label = "consumer", description = "How many statuses of this account are missing before this one: the route fell behind further than the history goes "
            + "back. Absent without any.", javaType = "Long")
    public static final String SESSION_MISSED = "CamelVoiceSessionMissed";

    // What is asked for.

    @Metadata(label = "producer", description = "operation=register: overrides the option password. It is taken off the message.", javaType = "String")
    public static final String SESSION_PASSWORD = "CamelVoiceSessionPassword";
    @Metadata(label = "producer", description = "operation=register: overrides the option authUsername.", javaType = "String")
    public static final String SESSION_AUTH_USERNAME = "CamelVoiceSessionAuthUsername";
    @Metadata(label = "producer", description = "operation=register: overrides the option transport.", javaType = "String")
    public static final String SESSION_TRANSPORT = "CamelVoiceSessionTransport";
    @Metadata(label = "producer", description = "operation=register: overrides the option displayName.", javaType = "String")
    public static final String SESSION_DISPLAY_NAME = "CamelVoiceSessionDisplayName";
    @Metadata(label = "producer", description = "operation=start: overrides the option autoAnswerInterval, in seconds.", javaType = "Integer")
    public static final String SESSION_AUTO_ANSWER_INTERVAL = "CamelVoiceSessionAutoAnswerInterval";
    @Metadata(label = "producer", description = "operation=hangup: overrides the option hard.", javaType = "Boolean")
    public static final String SESSION_HARD = "CamelVoiceSessionHard";
    @Metadata(label = "producer", description = "operation=play: overrides the option files.", javaType = "String")
    public static final String SESSION_FILES = "CamelVoiceSessionFiles";
    @Metadata(label = "producer", description = "operation=play: overrides the option brokenFiles.", javaType = "String")
    public static final String SESSION_BROKEN_FILES = "CamelVoiceSessionBrokenFiles";
    @Metadata(label = "producer", description = "operation=history: overrides the option after.", javaType = "Long")
    public static final String SESSION_AFTER = "CamelVoiceSessionAfter";
    @Metadata(label = "producer", description = "operation=history: overrides the option limit.", javaType = "Integer")
    public static final String SESSION_LIMIT = "CamelVoiceSessionLimit";
}
