package io.github.camelvoice.document.swml;

import java.util.Set;

/** The methods of SWML. */
final class Names {

    /** Those of SWML that are not executed here: told as such. */
    static final Set<String> ELSEWHERE = Set.of("ai", "ai_sidecar", "amazon_bedrock", "cond", "connect", "denoise", "detect_machine",
            "enter_queue", "execute", "goto", "join_conference", "join_room", "label", "live_transcribe", "live_translate", "pay", "prompt",
            "receive_fax", "record", "record_call", "request", "send_digits", "send_fax", "send_sms", "sip_refer", "sleep", "stop_denoise",
            "stop_record_call", "stop_stream", "stream", "switch", "transcribe", "transcribe_stop", "user_event");

    private Names() {
    }
}
