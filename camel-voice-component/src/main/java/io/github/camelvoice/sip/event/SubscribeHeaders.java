package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.subscription.spi.UsageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What stands alike in every SUBSCRIBE of a usage, and of all usages of the same package. Immutable. */
final class SubscribeHeaders {

    static final RawHeader REQUIRE_LIST = new RawHeader("Require", "recipient-list-subscribe");
    static final RawHeader LIST_DISPOSITION = new RawHeader("Content-Disposition", "recipient-list");
    private static final RawHeader SUPPORTED_LISTS = new RawHeader("Supported", "eventlist");
    private static final RawHeader ACCEPT_ENCODING = new RawHeader("Accept-Encoding", ContentCoding.ACCEPTED);
    private static final Pattern MEDIA_RANGE = Pattern.compile("[\\w.!%*+`'~-]+/[\\w.!%*+`'~-]+(\\s*;[^,\\p{Cntrl}]*)?");

    private final EventFields.Event event;
    private final SIPHeader eventHeader;
    private final RawHeader accept;
    private final boolean eventList;

    /** @throws IllegalArgumentException naming what is wrong with event or accept */
    SubscribeHeaders(UsageSpec spec) {
        event = HeaderRules.hasBreak(spec.event()) ? null : EventFields.event(spec.event());
        if (event == null) {
            throw new IllegalArgumentException("event '" + spec.event().replaceAll("\\p{Cntrl}", "?") + "' is not the name of an event package");
        }
        eventHeader = EventFields.parsed("Event", spec.event());
        List<String> types = new ArrayList<>(spec.accept());
        for (String type : types) {
            if (!MEDIA_RANGE.matcher(type).matches()) {
                throw new IllegalArgumentException("accept '" + type.replaceAll("\\p{Cntrl}", "?") + "' is not a media type");
            }
        }
        eventList = spec.eventList() || spec.list() != null;
        if (eventList) {
            for (String type : List.of("multipart/related", "application/rlmi+xml")) {
                if (!types.contains(type)) {
                    types.add(type);
                }
            }
        }
        accept = types.isEmpty() ? null : new RawHeader("Accept", String.join(", ", types));
    }

    EventFields.Event event() {
        return event;
    }

    boolean eventList() {
        return eventList;
    }

    void addTo(SIPRequest subscribe, int expires) {
        subscribe.addHeader(eventHeader);
        subscribe.addHeader(Messages.expires(expires));
        if (accept != null) {
            subscribe.addHeader(accept);
        }
        subscribe.addHeader(ACCEPT_ENCODING);
        if (eventList) {
            subscribe.addHeader(SUPPORTED_LISTS);
        }
    }
}
