package io.github.camelvoice.voice;

import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.Ladder;
import io.github.camelvoice.trace.form.Pcap;
import io.github.camelvoice.trace.form.Redaction;
import io.github.camelvoice.trace.form.SipInfoJson;
import java.nio.charset.StandardCharsets;

/** The forms in which routes get the messages of a call; the names are those of the option {@code format}. */
enum SipInfoFormat {
    OBJECT(null) {
        @Override
        Object body(SipInfo info) {
            return info;
        }
    },
    JSON("application/json") {
        @Override
        Object body(SipInfo info) {
            return new String(SipInfoJson.write(info, true), StandardCharsets.UTF_8);
        }
    },
    PCAP("application/vnd.tcpdump.pcap") {
        @Override
        Object body(SipInfo info) {
            return Pcap.write(info, true);
        }
    },
    TEXT("text/plain; charset=utf-8") {
        @Override
        Object body(SipInfo info) {
            return Ladder.of(info).text();
        }
    },
    SVG("image/svg+xml") {
        @Override
        Object body(SipInfo info) {
            return Ladder.of(info).svg();
        }
    },
    MERMAID("text/vnd.mermaid; charset=utf-8") {
        @Override
        Object body(SipInfo info) {
            return Ladder.of(info).mermaid();
        }
    };

    private final String contentType;

    SipInfoFormat(String contentType) {
        this.contentType = contentType;
    }

    /** Null for the typed object. */
    String contentType() {
        return contentType;
    }

    /** What becomes the body; the messages are as they are to be shown. */
    abstract Object body(SipInfo info);

    /** What becomes the body, its secrets masked unless they are wanted. */
    final Object of(SipInfo info, boolean raw) {
        return body(raw ? info : Redaction.mask(info));
    }
}
