package io.github.camelvoice.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import io.github.camelvoice.testkit.SipInfoProto;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A SipInfo as HTTP gave it, read by protobuf's own JSON parser. */
record SipInfoAnswer(String name, Instant start, Instant end, String sipCallId, List<Message> messages, byte[] pcap) {

    /**
     * A message.
     *
     * @param time start of the call and offset together
     * @param data the characters of the JSON
     */
    record Message(Instant time, String source, int sourcePort, String destination, int destinationPort, String method, String requestLine,
                   String data) {

        /** {@code ip:port>ip:port}. */
        String way() {
            return source + ":" + sourcePort + ">" + destination + ":" + destinationPort;
        }

        /** The bytes of the JSON's characters, one byte a char (ISO 8859-1). */
        String wire() {
            return new String(data.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
    }

    static String path(String call) {
        return "/v1beta1/projects/default/calls/" + call + "/sipInfo";
    }

    static String rawPath(String call) {
        return path(call) + "?raw=true";
    }

    static SipInfoAnswer read(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.uri() + ": " + response.statusCode() + " " + response.body());
        }
        DynamicMessage info = SipInfoProto.parse(response.body());
        Instant start = time(info, "start_time");
        List<Message> messages = new ArrayList<>();
        for (Object each : (List<?>) get(info, "messages")) {
            DynamicMessage message = (DynamicMessage) each;
            DynamicMessage offset = (DynamicMessage) get(message, "offset_duration");
            messages.add(new Message(start.plusSeconds((long) get(offset, "seconds")).plusNanos((int) get(offset, "nanos")),
                    (String) get(message, "source_ip"), (int) get(message, "source_port"), (String) get(message, "destination_ip"),
                    (int) get(message, "destination_port"), (String) get(message, "method"), (String) get(message, "request_line"),
                    (String) get(message, "data")));
        }
        return new SipInfoAnswer((String) get(info, "name"), start, time(info, "end_time"), (String) get(info, "sip_call_id"), messages,
                ((ByteString) get(info, "pcap")).toByteArray());
    }

    private static Object get(DynamicMessage message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static Instant time(DynamicMessage info, String field) {
        DynamicMessage time = (DynamicMessage) get(info, field);
        return Instant.ofEpochSecond((long) get(time, "seconds"), (int) get(time, "nanos"));
    }
}
