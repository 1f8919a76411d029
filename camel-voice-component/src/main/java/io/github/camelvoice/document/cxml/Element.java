package io.github.camelvoice.document.cxml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyAttribute;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlMixed;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlTransient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;

/**
 * An element as JAXB binds it: one class for each that has a meaning here, {@link Other} for all else. Attributes stay texts, so that what is
 * wrong with one can be said with its place.
 */
@XmlAccessorType(XmlAccessType.FIELD)
abstract class Element {

    @XmlAnyAttribute
    Map<QName, String> attributes = new LinkedHashMap<>();
    @XmlMixed
    @XmlAnyElement(lax = true)
    List<Object> content = new ArrayList<>();
    @XmlTransient
    Tag tag;

    /** All that can be bound; the name of an element is that of its class. */
    static final List<Class<? extends Element>> CLASSES = List.of(Response.class, Dial.class, Sip.class, Say.class, Play.class, Pause.class,
            Gather.class, Record.class, Hangup.class, Reject.class, Redirect.class, Refer.class, Start.class, Stop.class, Stream.class,
            Parameter.class, Other.class);

    /** The elements within, in their order. */
    final List<Element> children() {
        return content.stream().filter(Element.class::isInstance).map(Element.class::cast).toList();
    }

    /** The text right within, trimmed. */
    final String text() {
        StringBuilder text = new StringBuilder();
        content.stream().filter(String.class::isInstance).forEach(text::append);
        return text.toString().strip();
    }

    /** All text within, that of the elements within included; white space is one blank. */
    final String spoken() {
        StringBuilder text = new StringBuilder();
        for (Object each : content) {
            text.append(each instanceof Element child ? " " + child.spoken() + " " : each.toString());
        }
        return text.toString().strip().replaceAll("\\s+", " ");
    }

    /** The root. */
    @XmlRootElement(name = "Response")
    static final class Response extends Element {
    }

    /** Rings others. */
    @XmlRootElement(name = "Dial")
    static final class Dial extends Element {
    }

    /** Whom. */
    @XmlRootElement(name = "Sip")
    static final class Sip extends Element {
    }

    /** Speaks. */
    @XmlRootElement(name = "Say")
    static final class Say extends Element {
    }

    /** Plays. */
    @XmlRootElement(name = "Play")
    static final class Play extends Element {
    }

    /** Waits. */
    @XmlRootElement(name = "Pause")
    static final class Pause extends Element {
    }

    /** Takes keys. */
    @XmlRootElement(name = "Gather")
    static final class Gather extends Element {
    }

    /** Records. */
    @XmlRootElement(name = "Record")
    static final class Record extends Element {
    }

    /** Ends the call. */
    @XmlRootElement(name = "Hangup")
    static final class Hangup extends Element {
    }

    /** Refuses it. */
    @XmlRootElement(name = "Reject")
    static final class Reject extends Element {
    }

    /** Another document. */
    @XmlRootElement(name = "Redirect")
    static final class Redirect extends Element {
    }

    /** The far end calls somebody else. */
    @XmlRootElement(name = "Refer")
    static final class Refer extends Element {
    }

    /** In the background. */
    @XmlRootElement(name = "Start")
    static final class Start extends Element {
    }

    /** No longer in the background. */
    @XmlRootElement(name = "Stop")
    static final class Stop extends Element {
    }

    /** Audio elsewhere. */
    @XmlRootElement(name = "Stream")
    static final class Stream extends Element {
    }

    /** Of a stream. */
    @XmlRootElement(name = "Parameter")
    static final class Parameter extends Element {
    }

    /** Any other; its name is its tag's. */
    @XmlRootElement(name = "Other")
    static final class Other extends Element {
    }
}
