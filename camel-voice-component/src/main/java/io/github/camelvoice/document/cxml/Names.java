package io.github.camelvoice.document.cxml;

import java.util.Map;
import java.util.Set;

/** The verbs and nouns of the field. */
final class Names {

    /** Those that are carried out here. */
    static final Set<String> VERBS = Set.of("Dial", "Say", "Play", "Pause", "Gather", "Record", "Hangup", "Reject", "Redirect", "Refer", "Start",
            "Stop", "Stream");
    static final String LISTED = "Dial, Gather, Hangup, Pause, Play, Record, Redirect, Refer, Reject, Say, Start, Stop, Stream";

    /** Those of SignalWire and Twilio that are not, and why. */
    static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("Connect", "a stream that speaks into the call is a tap of the operator's; there is Start with a Stream"),
            Map.entry("Enqueue", "there are no queues"),
            Map.entry("Leave", "there are no queues"),
            Map.entry("Denoise", "there is no noise suppression"),
            Map.entry("AI", "there is no agent"),
            Map.entry("Pay", "there are no payments"),
            Map.entry("Prompt", "there are no payments"),
            Map.entry("Fax", "there is no fax"),
            Map.entry("Sms", "there are no messages"),
            Map.entry("Message", "there are no messages"),
            Map.entry("Echo", "there is no echo in documents"),
            Map.entry("VirtualAgent", "there is no agent"));

    /** Nouns of Dial that are not here, and why. */
    static final Map<String, String> NOUNS = Map.ofEntries(
            Map.entry("Number", "there is no telephone network; a number is called at a SIP address, <Sip>sip:NUMBER@HOST</Sip>"),
            Map.entry("Client", "there are no clients of the vendor's; there is Sip"),
            Map.entry("Conference", "there are no conferences"),
            Map.entry("Queue", "there are no queues"),
            Map.entry("Sim", "there is no mobile network"),
            Map.entry("Verto", "there is no Verto; there is Sip"),
            Map.entry("SIP", "the noun is written Sip"),
            Map.entry("Application", "there are no applications of the vendor's"),
            Map.entry("WhatsApp", "there is no WhatsApp"));

    private Names() {
    }
}
