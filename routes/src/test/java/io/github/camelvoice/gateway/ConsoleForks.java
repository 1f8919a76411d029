package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A caller and those who were called for it, in the shape of the API with {@code include=legs}: one wins, others are busy, silent or too late. */
final class ConsoleForks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[][] ENDS = {{"busy", "486", "Busy Here", "busy (486)"}, {"cancelled", "487", "Request Terminated", "cancelled (487)"},
        {"not_found", "404", "Not Found", "not found (404)"}, {"declined", "603", "Decline", "declined (603)"}};

    private ConsoleForks() {
    }

    /** @return the caller, then those who were called; the last of them wins */
    static List<ObjectNode> fork(String id, int callees, Instant created) {
        List<ObjectNode> legs = new ArrayList<>();
        ObjectNode caller = ConsoleCalls.over(ConsoleCalls.answered(ConsoleCalls.call(id, "inbound", "sip:alice@example.net", "sip:team@192.0.2.1", created), 6), 48,
                "normal", "remote", 200, "OK", "hung up by the far end after 42 s");
        String far = "192.0.2.20:5062";
        ConsoleCalls.message(caller, 0, false, "INVITE sip:team@192.0.2.1 SIP/2.0", far, "CSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n", false);
        ConsoleCalls.message(caller, 0.001, true, "SIP/2.0 100 Trying", far, "CSeq: 1 INVITE\r\n\r\n", false);
        ConsoleCalls.message(caller, 0.9, true, "SIP/2.0 180 Ringing", far, "CSeq: 1 INVITE\r\n\r\n", false);
        ConsoleCalls.message(caller, 6.02, true, "SIP/2.0 200 OK", far, "CSeq: 1 INVITE\r\n\r\n", false);
        ConsoleCalls.message(caller, 6.05, false, "ACK sip:team@192.0.2.1 SIP/2.0", far, "CSeq: 1 ACK\r\n\r\n", false);
        ConsoleCalls.message(caller, 48, false, "BYE sip:team@192.0.2.1 SIP/2.0", far, "CSeq: 2 BYE\r\n\r\n", false);
        ConsoleCalls.message(caller, 48.01, true, "SIP/2.0 200 OK", far, "CSeq: 2 BYE\r\n\r\n", false);
        caller.put("note", "caller");
        legs.add(caller);
        for (int i = 1; i <= callees; i++) {
            legs.add(callee(id, i, i == callees, created));
        }
        caller.put("peerCallId", legs.get(callees).get("callId").asText());
        List<ObjectNode> messages = new ArrayList<>();
        ArrayNode records = JSON.createArrayNode();
        for (ObjectNode leg : legs) {
            leg.get("messages").forEach(message -> messages.add(((ObjectNode) message).put("callId", leg.get("callId").asText())));
            records.add(leg.deepCopy().without("messages"));
        }
        messages.sort(Comparator.comparingDouble(message -> message.get("offsetSeconds").asDouble()));
        for (ObjectNode leg : legs) {
            leg.set("legs", records);
            leg.putArray("messages").addAll(messages);
        }
        return legs;
    }

    private static ObjectNode callee(String id, int number, boolean wins, Instant created) {
        String[] end = ENDS[number % ENDS.length];
        String far = "192.0.2." + (30 + number) + ":5060";
        String uri = "sip:phone" + number + "@192.0.2." + (30 + number);
        ObjectNode leg = ConsoleCalls.call(id + "-" + number, "outbound", "sip:voice@192.0.2.1", uri, created.plusMillis(10)).put("parentCallId", id);
        double at = 0.01 + number / 1000.0;
        ConsoleCalls.message(leg, at, true, "INVITE " + uri + " SIP/2.0", far, "CSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n", false);
        ConsoleCalls.message(leg, at + 0.2, false, "SIP/2.0 100 Trying", far, "CSeq: 1 INVITE\r\n\r\n", false);
        if (wins) {
            ConsoleCalls.message(leg, 0.8, false, "SIP/2.0 180 Ringing", far, "CSeq: 1 INVITE\r\n\r\n", false);
            ConsoleCalls.message(leg, 6, false, "SIP/2.0 200 OK", far, "CSeq: 1 INVITE\r\n\r\n", false);
            ConsoleCalls.message(leg, 6.01, true, "ACK " + uri + " SIP/2.0", far, "CSeq: 1 ACK\r\n\r\n", false);
            ConsoleCalls.message(leg, 48.005, true, "BYE " + uri + " SIP/2.0", far, "CSeq: 2 BYE\r\n\r\n", false);
            ConsoleCalls.message(leg, 48.015, false, "SIP/2.0 200 OK", far, "CSeq: 2 BYE\r\n\r\n", false);
            ConsoleCalls.over(ConsoleCalls.answered(leg, 6), 48, "normal", "local", 200, "OK", "hung up by us after 42 s");
            return leg.put("peerCallId", id).put("note", "bridged");
        }
        if (end[0].equals("cancelled")) {
            ConsoleCalls.message(leg, 0.7, false, "SIP/2.0 180 Ringing", far, "CSeq: 1 INVITE\r\n\r\n", false);
            ConsoleCalls.message(leg, 6.015, true, "CANCEL " + uri + " SIP/2.0", far, "CSeq: 1 CANCEL\r\n\r\n", false);
        }
        ConsoleCalls.message(leg, end[0].equals("cancelled") ? 6.03 : 1 + number / 10.0, false, "SIP/2.0 " + end[1] + " " + end[2], far,
                "CSeq: 1 INVITE\r\n\r\n", false);
        ConsoleCalls.over(leg, 6, end[0], "remote", Integer.parseInt(end[1]), end[2], end[0] + ": the far end answered " + end[1] + " " + end[2]);
        return leg.put("note", end[3]);
    }
}
