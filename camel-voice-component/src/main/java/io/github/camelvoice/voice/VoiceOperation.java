package io.github.camelvoice.voice;

import java.util.Arrays;

/** What a producer of {@code voice:call} does; the names are those of the option {@code operation}. */
public enum VoiceOperation {
    PLACE("place"),
    ANSWER("answer"),
    RING("ring"),
    REJECT("reject"),
    REDIRECT("redirect"),
    HANGUP("hangup"),
    PLAY("play"),
    STOP_PLAY("stopPlay"),
    START_RECORDING("startRecording"),
    STOP_RECORDING("stopRecording"),
    PAUSE_RECORDING("pauseRecording"),
    RESUME_RECORDING("resumeRecording"),
    MUTE("mute"),
    UNMUTE("unmute"),
    SEND_DTMF("sendDtmf"),
    HOLD("hold"),
    RESUME("resume"),
    ECHO("echo"),
    STOP_ECHO("stopEcho"),
    BRIDGE("bridge"),
    UNBRIDGE("unbridge"),
    SEND_INFO("sendInfo"),
    SHOW("show"),
    LIST("list");

    private final String word;

    VoiceOperation(String word) {
        this.word = word;
    }

    /** Whether the end of a call brings about what the operation asks for: then it has nothing to do on a call that is over. */
    boolean isDoneByTheEnd() {
        return switch (this) {
            case HANGUP, STOP_PLAY, STOP_RECORDING, STOP_ECHO, UNBRIDGE -> true;
            default -> false;
        };
    }

    /** As it stands in a URI: {@code startRecording}. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException listing what there is */
    public static VoiceOperation of(String word) {
        for (VoiceOperation operation : values()) {
            if (operation.word.equals(word)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("voice:call has no operation '" + word + "'; there are "
                + Arrays.stream(values()).map(VoiceOperation::word).toList());
    }
}
