package io.github.camelvoice.sip.register;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.registration.spi.RegisterEvent;
import io.github.camelvoice.registration.spi.RegisterListener;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import io.github.camelvoice.runtime.RefreshTime;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Answers;
import io.github.camelvoice.sip.dialog.Credentials;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.Opening;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.register.RegisterTable.Action;
import io.github.camelvoice.sip.register.RegisterTable.Event;
import io.github.camelvoice.sip.register.RegisterTable.State;
import io.github.camelvoice.sip.stack.Flow;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One account at its registrar: the actions of {@link RegisterTable}. All on its mailbox. */
final class AccountUsage implements RegisterUsage {

    /** The longest interval that a 423 may ask for. */
    private static final int MAX_EXPIRES = 7 * 24 * 3600;
    /** A refresh comes no sooner, however short the time is that was granted: seconds. */
    private static final double SOONEST = 5;
    private static final RawHeader PATH = new RawHeader("Supported", "path");
    private static final RawHeader PATH_AND_OUTBOUND = new RawHeader("Supported", "path, outbound");
    private static final Logger LOG = LoggerFactory.getLogger(AccountUsage.class);

    private final RegisterClient home;
    private final String aor;
    private final Executor mailbox;
    private final RegisterListener listener;
    private final Credentials credentials;
    private final Opening opening;
    private final OwnContacts contacts;
    private final boolean rewrite;
    private final String token;
    private State state = State.IDLE;
    private Exchange exchange;
    /** Where it was registered last; null where that is of no use. */
    private Flow flow;
    private final SignsOfLife signs;
    private Timers.Timer timer;
    private int asked;
    private boolean outbound;
    /** What may happen once for each start or refresh. */
    private boolean raised;
    private boolean moved;
    /** Until when something of ours may be bound, by the clock; with {@link #sentOnce}. */
    private long boundUntil;
    private boolean sentOnce;
    private RegisterEvent news;

    AccountUsage(RegisterClient home, RegisterSpec spec, Executor mailbox, RegisterListener listener) {
        if (spec.expires() < 1 || spec.expires() > MAX_EXPIRES) {
            throw new IllegalArgumentException("expires must be 1 to " + MAX_EXPIRES + " seconds: " + spec.expires());
        }
        this.home = home;
        this.aor = spec.aor();
        this.mailbox = mailbox;
        this.listener = listener;
        opening = new Opening(home.env(), spec.aor(), spec.registrar(), spec.route(), spec.aor(), null, SipHeaders.none());
        contacts = new OwnContacts(home.env().door().bindings(), spec, opening.transport());
        credentials = home.env().credentials(spec.username(), spec.password());
        rewrite = spec.rewrite();
        token = spec.contactUser();
        signs = new SignsOfLife(home.env().door(), mailbox, spec.keepAlive(), this::start, this::lost);
        asked = spec.expires();
        outbound = contacts.named();
    }

    private void fire(Event event) {
        Table.Step<State, Action> step = RegisterTable.TABLE.step(state, event);
        boolean first = state == State.REGISTERING;
        state = step.next();
        for (Action action : step.actions()) {
            switch (action) {
                case SEND -> {
                    raised = false;
                    moved = false;
                    send(asked);
                }
                case PLAN -> plan(((RegisterEvent.Registered) news).expires(), first);
                case CANCEL -> cancel();
                case SEND_END -> send(0);
                case TELL_REGISTERED, TELL_REFUSED, TELL_LOST -> tell(news);
                case TELL_UNREGISTERED -> tell(new RegisterEvent.Unregistered());
                case RELEASE -> release();
            }
        }
    }

    private void release() {
        cancel();
        signs.stop();
        home.env().door().dismiss(token);
        if (exchange != null) {
            exchange.stop();
            exchange = null;
        }
    }

    /** Accounts that come together, at a start or when their server is back, are spread over the whole time by their first refresh. */
    private void plan(int granted, boolean first) {
        double seconds = Math.max(SOONEST, first ? RefreshTime.first(granted, home.random()) : RefreshTime.of(granted, home.random()));
        cancel();
        timer = home.env().timers().schedule((long) (seconds * 1000), TimeUnit.MILLISECONDS, mailbox, () -> fire(Event.DUE));
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void tell(RegisterEvent event) {
        try {
            listener.happened(event);
        } catch (RuntimeException failure) {
            LOG.error("[{}] the registration failed on {}", aor, event.getClass().getSimpleName(), failure);
        }
    }

    private long now() {
        return home.clock().nanos();
    }

    private void maybeBoundFor(int seconds) {
        long until = now() + TimeUnit.SECONDS.toNanos(seconds);
        boundUntil = sentOnce && boundUntil - until > 0 ? boundUntil : until;
        sentOnce = true;
    }

    // ---- REGISTER

    private void send(int expires) {
        exchange = null;
        exchange = Exchange.start(home.env(), mailbox, credentials, flow, () -> register(expires), new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                Exchange mine = exchange;
                if (expires == 0) {
                    fire(response.getStatusCode() < 300 ? Event.ACCEPT : Event.REFUSE);
                } else {
                    answered(response);
                }
                if (exchange == mine) {
                    // It has the whole request: of no use until the next one.
                    exchange = null;
                }
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                if (expires > 0) {
                    maybeBoundFor(expires);
                    news = new RegisterEvent.Refused(timeout ? 408 : 503, why, -1);
                    rest();
                }
                fire(Event.SILENCE);
            }
        });
    }

    private SIPRequest register(int expires) {
        Flow known = exchange == null ? null : exchange.sent().flow();
        if (known != null && !sentOnce && contacts.moved(known.transport(), null)) {
            // Whoever asked who we are has told by which transport the name of the server is reached.
            contacts.settled();
        }
        SIPRequest request = opening.bare(SIPRequest.REGISTER, 0);
        request.addHeader(contacts.header(outbound));
        request.addHeader(Messages.expires(expires));
        request.addHeader(outbound ? PATH_AND_OUTBOUND : PATH);
        return request;
    }

    private void answered(SIPResponse response) {
        int code = response.getStatusCode();
        if (state == State.OVER) {
            return;
        }
        if (code == 423 && raise(response)) {
            send(asked);
        } else if (code == 439 && outbound) {
            // The first hop has not got what it takes (RFC 5626, section 11.1).
            outbound = false;
            send(asked);
        } else if (code < 300) {
            accepted(response);
        } else {
            refused(code, response.getReasonPhrase(), Answers.retryAfter(response));
        }
    }

    private void refused(int code, String phrase, int retryAfter) {
        news = new RegisterEvent.Refused(code, phrase == null ? "" : phrase, retryAfter);
        rest();
        fire(Event.REFUSE);
    }

    /** What was the way to the server is not worth keeping: the next one may be better. */
    private void rest() {
        signs.stop();
        flow = null;
    }

    private void lost(String why) {
        if (state == State.BOUND) {
            flow = null;
            news = new RegisterEvent.Lost(why);
            fire(Event.LOST);
        }
    }

    /** Asks for what a 423 demands from now on. @return whether that can help */
    private boolean raise(SIPResponse response) {
        int demanded = Answers.minExpires(response);
        if (raised || state == State.ENDING_SOON || demanded <= asked || demanded > MAX_EXPIRES) {
            return false;
        }
        raised = true;
        asked = demanded;
        return true;
    }

    private void accepted(SIPResponse response) {
        Contact ours = contacts.find(response);
        int granted = granted(response, ours);
        if (granted > 0) {
            maybeBoundFor(granted);
        }
        if (state != State.ENDING_SOON && granted > 0 && !moved && moved(response)) {
            moved = true;
            send(asked);
        } else if (ours == null && !OwnContacts.none(response)) {
            refused(502, response.getStatusCode() + " without our contact", -1);
        } else if (granted == 0) {
            refused(502, response.getStatusCode() + " that grants no time", -1);
        } else {
            contacts.settled();
            flow = exchange.sent().flow();
            home.env().door().admit(token, exchange.sent());
            signs.keep(flow, response);
            news = new RegisterEvent.Registered(granted, ours == null ? contacts.uri() : ours.getAddress().getURI().toString(),
                    flow == null ? "" : flow.where(), transport(response), seen(response), ServiceRoutes.of(response), OwnContacts.told(response));
            fire(Event.ACCEPT);
        }
    }

    /** Seconds: of our contact, else of the whole answer, else what we asked for; never more than that. */
    private int granted(SIPResponse response, Contact ours) {
        int said = ours == null || ours.getParameter("expires") == null ? -1 : ours.getExpires();
        return Math.min(said >= 0 ? said : Answers.expires(response, asked), asked);
    }

    /** Whether our contact has to be another one: the name of the server led to another transport, or we are seen elsewhere. */
    private boolean moved(SIPResponse response) {
        String used = transport(response);
        String at = seen(response);
        return contacts.moved(used, rewrite && used.equals("udp") && !at.isEmpty() ? at : null);
    }

    private String transport(SIPResponse response) {
        Flow used = exchange.sent().flow();
        return used != null ? used.transport() : response.getTopmostVia().getTransport().toLowerCase(Locale.ROOT);
    }

    /** RFC 3581. */
    private static String seen(SIPResponse response) {
        Via via = response.getTopmostVia();
        if (via.getReceived() == null && via.getRPort() <= 0) {
            return "";
        }
        String host = via.getReceived() == null ? via.getHost() : via.getReceived();
        String bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return bracketed + ":" + (via.getRPort() > 0 ? via.getRPort() : via.getPort() > 0 ? via.getPort() : 5060);
    }

    // ---- commands

    @Override
    public void start() {
        fire(Event.START);
    }

    @Override
    public void end() {
        fire(sentOnce && boundUntil - now() > 0 ? Event.END_BOUND : Event.END);
    }

    @Override
    public void close() {
        fire(Event.CLOSE);
    }
}
