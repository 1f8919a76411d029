package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.sip.stack.Repertoire;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Who gets which request: one with a tag of ours the home of that dialog, one without who serves its method. A method is taken
 * from the moment on in which somebody serves it, and not before. Thread-safe; called on the thread of the stack.
 */
public final class Dispatcher {

    private final SipEnv env;
    private final List<DialogHome> homes = new CopyOnWriteArrayList<>();
    private final Map<String, Consumer<InboundRequest>> outside = new ConcurrentHashMap<>();
    private final LongAdder unknown = new LongAdder();
    private volatile Repertoire repertoire = Repertoire.CALLS;

    public Dispatcher(SipEnv env) {
        this.env = env;
    }

    /** Requests in dialogs of this home go there from now on. */
    public Dispatcher home(DialogHome home) {
        homes.add(home);
        return this;
    }

    /**
     * Requests of this method outside dialogs go to {@code handler}, which must answer each and must not block.
     *
     * @param optionTags what such a request may require (lower case), beside what every request may
     * @throws IllegalStateException if somebody serves the method already
     */
    public Dispatcher serve(String method, Set<String> optionTags, Consumer<InboundRequest> handler) {
        if (outside.putIfAbsent(method, handler) != null) {
            throw new IllegalStateException(method + " is served already");
        }
        support(method, optionTags);
        return this;
    }

    /** What a request of this method, in a dialog or not, may require beside what every request may. */
    public synchronized void support(String method, Set<String> optionTags) {
        repertoire = repertoire.with(method, optionTags);
    }

    public Repertoire repertoire() {
        return repertoire;
    }

    /** Requests so far with a tag that names no dialog of ours (481). */
    public long unknownDialogs() {
        return unknown.sum();
    }

    /** A request that passed the stack. */
    public void request(InboundRequest request) {
        SIPRequest message = request.message();
        String method = message.getMethod();
        if (method.equals(SIPRequest.CANCEL) || message.getToTag() == null) {
            Consumer<InboundRequest> handler = outside.get(method);
            if (handler != null) {
                handler.accept(request);
            } else if (repertoire.takes(method)) {
                // What makes sense within a dialog only.
                env.reply(request, 481);
            } else {
                env.reply(request, 405, new RawHeader("Allow", repertoire.allow()));
            }
            return;
        }
        DialogHome home = home(message.getToTag());
        if (home != null) {
            home.request(request);
        } else {
            unknown.increment();
            env.reply(request, 481);
        }
    }

    /** As the stack asks ({@code RequestSink}). */
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        DialogHome home = home(request.getToTag());
        return home != null && home.inDialog(request, source);
    }

    private DialogHome home(String localTag) {
        for (DialogHome home : homes) {
            if (home.owns(localTag)) {
                return home;
            }
        }
        return null;
    }
}
