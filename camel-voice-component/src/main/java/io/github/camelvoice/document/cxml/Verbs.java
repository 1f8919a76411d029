package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.HangupReason;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.StreamOrder;
import io.github.camelvoice.document.TapOrder;
import io.github.camelvoice.document.Value;
import io.github.camelvoice.document.Verb;
import io.github.camelvoice.document.cxml.CxmlParser.Reading;
import io.github.camelvoice.document.source.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From elements to instructions: what each verb may have. Those that speak are {@link PromptVerbs}, and there is {@link DialVerb}. */
final class Verbs {

    private Verbs() {
    }

    /** @return null where it is told what is wrong */
    static Instruction read(Element element, Reading reading) {
        if (element instanceof Element.Dial dial) {
            return DialVerb.read(dial, reading);
        } else if (element instanceof Element.Say || element instanceof Element.Play || element instanceof Element.Pause
                || element instanceof Element.Gather || element instanceof Element.Record) {
            return PromptVerbs.read(element, reading);
        } else if (element instanceof Element.Hangup) {
            return plain(element, reading, new Instruction.Hangup(element.tag.place(), Value.of(HangupReason.HANGUP)));
        } else if (element instanceof Element.Reject) {
            return reject(element, reading);
        } else if (element instanceof Element.Redirect) {
            return redirect(element, reading);
        } else if (element instanceof Element.Refer) {
            return refer(element, reading);
        } else if (element instanceof Element.Stream) {
            return stream(element, reading);
        } else if (element instanceof Element.Start) {
            Element inner = background(element, reading);
            return inner == null ? null : stream(inner, reading);
        } else if (element instanceof Element.Stop) {
            return stop(element, reading);
        }
        unknown(element, reading);
        return null;
    }

    private static void unknown(Element element, Reading reading) {
        String name = element.tag.name;
        String elsewhere = Names.ELSEWHERE.get(name);
        String similar = Names.VERBS.stream().filter(each -> each.equalsIgnoreCase(name)).findFirst().map(each -> "; is it " + each + "?")
                .orElse("");
        if (element instanceof Element.Sip || Names.NOUNS.containsKey(name)) {
            reading.wrong(ProblemCode.METHOD_UNDEFINED, element, name + " is no verb: it belongs into Dial");
        } else if (elsewhere != null) {
            reading.wrong(ProblemCode.METHOD_UNDEFINED, element, name + " is not supported: " + elsewhere + "; the verbs are " + Names.LISTED);
        } else {
            reading.wrong(ProblemCode.METHOD_UNDEFINED, element, "there is no verb " + Findings.shown(name) + similar
                    + "; there are " + Names.LISTED);
        }
    }

    private static Instruction plain(Element element, Reading reading, Instruction instruction) {
        reading.attributes(element).end();
        CxmlParser.noText(element, reading.findings());
        reading.empty(element);
        return instruction;
    }

    private static Instruction reject(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        HangupReason reason = attributes.read("reason", HangupReason.DECLINE, text -> Texts.word(text, Map.of("rejected", HangupReason.DECLINE,
                "busy", HangupReason.BUSY)));
        attributes.end();
        CxmlParser.noText(element, reading.findings());
        reading.empty(element);
        return new Verb.Reject(element.tag.place(), reason);
    }

    private static Instruction redirect(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        String method = attributes.method("method");
        attributes.end();
        reading.empty(element);
        try {
            return new Verb.Redirect(element.tag.place(), new Action(Texts.url(reading.base(), element.text()), method));
        } catch (IllegalArgumentException wrong) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, element, "the text of Redirect " + wrong.getMessage());
            return null;
        }
    }

    private static Instruction refer(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        Action action = attributes.action("action", "method", false);
        attributes.end();
        CxmlParser.noText(element, reading.findings());
        List<Element> nouns = element.children();
        if (nouns.size() != 1 || !(nouns.get(0) instanceof Element.Sip sip)) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_MISSING, element, "Refer must have one Sip within, and nothing else");
            return null;
        }
        reading.attributes(sip).end();
        reading.empty(sip);
        try {
            SipText target = SipText.of(sip.text(), reading.options());
            if (!target.headers().isEmpty()) {
                throw new IllegalArgumentException("must not have headers: they are the far end's to send");
            }
            if (target.secure()) {
                throw new IllegalArgumentException("must not have secure=true: the far end makes that call");
            }
            // whoever is told to call it chooses the transport, unless the author did
            String uri = sip.text().toLowerCase(Locale.ROOT).contains(";transport=") ? target.uri()
                    : target.uri().replaceFirst(";transport=tls$", "");
            return new Verb.Refer(element.tag.place(), uri, action);
        } catch (IllegalArgumentException wrong) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, sip, "the text of Sip " + wrong.getMessage());
            return null;
        }
    }

    /** The one Stream in a Start or Stop. @return null where it is told what is wrong */
    private static Element background(Element element, Reading reading) {
        reading.attributes(element).end();
        CxmlParser.noText(element, reading.findings());
        List<Element> inner = element.children();
        if (inner.size() == 1 && inner.get(0) instanceof Element.Stream) {
            return inner.get(0);
        }
        Element wrong = inner.stream().filter(each -> !(each instanceof Element.Stream)).findFirst().orElse(null);
        reading.wrong(ProblemCode.METHOD_PARAMETER_MISSING, wrong == null ? element : wrong, element.tag.name + " must have one Stream within"
                + (wrong == null ? "" : "; " + Findings.shown(wrong.tag.name) + " is not supported"));
        return null;
    }

    private static Instruction stream(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        String url = attributes.read("url", null, Texts::socket);
        String name = attributes.read("name", null, Verbs::streamName);
        TapOrder.Direction track = attributes.read("track", TapOrder.Direction.SPEAK, text -> Texts.word(text, Map.of("inbound_track",
                TapOrder.Direction.SPEAK, "outbound_track", TapOrder.Direction.LISTEN, "both_tracks", TapOrder.Direction.BOTH)));
        Action status = attributes.action("statusCallback", "statusCallbackMethod", false);
        attributes.ignored("the stream carries PCMU at 8000 Hz", "codec", "realtime");
        attributes.ignored("a token would be told to whoever the URL names; the operator's taps have credentials", "authorizationBearerToken");
        attributes.ignored("there are no connectors", "connectorName");
        CxmlParser.noText(element, reading.findings());
        if (!attributes.has("url")) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_MISSING, element, "Stream needs a url");
        }
        attributes.end();
        Map<String, String> parameters = parameters(element, reading);
        return url == null ? null : new Verb.StartStream(element.tag.place(), new StreamOrder(url, name, track, parameters, status));
    }

    private static Map<String, String> parameters(Element stream, Reading reading) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int size = 0;
        for (Element child : stream.children()) {
            if (!(child instanceof Element.Parameter)) {
                reading.wrong(ProblemCode.ELEMENT_UNDEFINED, child, Findings.shown(child.tag.name) + " cannot be within Stream; there is Parameter");
                continue;
            }
            Attributes attributes = reading.attributes(child);
            String name = attributes.text("name");
            String value = attributes.read("value", "", text -> text);
            attributes.end();
            if (name == null) {
                reading.wrong(ProblemCode.METHOD_PARAMETER_MISSING, child, "Parameter needs a name");
            } else if (parameters.putIfAbsent(name, value) != null) {
                reading.wrong(ProblemCode.METHOD_PARAMETER_CONFLICT, child, "there are two parameters " + Findings.shown(name));
            }
            size += (name == null ? 0 : name.length()) + value.length();
        }
        if (size > 4096) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, stream, "the parameters of Stream have more than 4096 characters");
        }
        return parameters;
    }

    private static String streamName(String text) {
        if (!text.matches("[\\x21-\\x7e]{1,128}")) {
            throw new IllegalArgumentException("must be 1 to 128 visible characters without blanks: " + Findings.shown(text));
        }
        return text;
    }

    private static Instruction stop(Element element, Reading reading) {
        Element inner = background(element, reading);
        if (inner == null) {
            return null;
        }
        Attributes attributes = reading.attributes(inner);
        String name = attributes.read("name", null, Verbs::streamName);
        attributes.ignored("a stream is stopped by its name", "url", "track", "statusCallback", "statusCallbackMethod");
        attributes.end();
        reading.empty(inner);
        if (!attributes.has("name")) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_MISSING, inner, "the Stream in Stop needs a name");
        }
        return name == null ? null : new Verb.StopStream(element.tag.place(), name);
    }
}
