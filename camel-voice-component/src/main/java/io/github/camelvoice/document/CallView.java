package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import java.util.Locale;
import java.util.Set;

/** The call as documents see it, and as servers of documents are told of it: the fields of SWML that we know. */
final class CallView {

    /** Headers of the INVITE that are told, besides those that begin with {@code X-}. */
    private static final Set<String> TOLD = Set.of("user-to-user", "diversion", "history-info", "p-asserted-identity");

    private CallView() {
    }

    static ObjectNode of(CallSnapshot call, String node, String project) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("call_id", call.callId());
        view.put("node_id", node);
        view.put("call_state", state(call.state()));
        view.put("direction", call.direction().name().toLowerCase(Locale.ROOT));
        view.put("type", "sip");
        view.put("from", call.from().uri());
        view.put("to", call.to().uri());
        view.put("from_number", number(call.from()));
        view.put("to_number", number(call.to()));
        ArrayNode headers = view.putArray("headers");
        if (call.direction() == CallDirection.INBOUND) {
            for (SipHeaders.Field field : call.responseHeaders()) {
                String name = field.name().toLowerCase(Locale.ROOT);
                if (name.startsWith("x-") || TOLD.contains(name)) {
                    headers.addObject().put("name", field.name()).put("value", field.value());
                }
            }
        }
        view.put("project_id", project);
        view.put("space_id", project);
        ObjectNode sip = view.putObject("sip_data");
        party(sip, "from", call.from());
        party(sip, "to", call.to());
        sip.put("sip_req_uri", call.calledUri());
        sip.put("sip_call_id", call.sipCallId());
        return view;
    }

    private static void party(ObjectNode sip, String which, Party party) {
        sip.put("sip_" + which + "_user", party.user());
        sip.put("sip_" + which + "_host", party.host());
        sip.put("sip_" + which + "_uri", party.uri());
    }

    private static String number(Party party) {
        return party.user().isEmpty() ? party.uri() : party.user();
    }

    private static String state(CallState state) {
        return switch (state) {
            case OFFERED, CALLING -> "created";
            case RINGING, ALERTING -> "ringing";
            case ACCEPTED, ACTIVE -> "answered";
            case CANCELLING, ENDING -> "ending";
            case ENDED -> "ended";
        };
    }
}
