package io.github.camelvoice.call;

import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.spi.CallLedger;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.InviteHandler;
import io.github.camelvoice.call.spi.Locator;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaPlane;
import io.github.camelvoice.call.spi.OwnAccounts;
import io.github.camelvoice.call.spi.Signalling;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The live calls of a node: makes them, finds them, and brings inbound ones to a receiver. Thread-safe. */
public final class CallRegistry implements Calls, InviteHandler {

    /** Of the parameters of calls, as the field has it. */
    private static final String API_VERSION = "2010-04-01";
    private static final SipHeaders RETRY_AFTER = SipHeaders.of("Retry-After", "5");

    private final Map<String, LiveCall> calls = new ConcurrentHashMap<>();
    private final List<Entry> receivers = new CopyOnWriteArrayList<>();
    private final Signalling signalling;
    private final CallServices services;
    private final Limits limits;
    private final Loops loops = new Loops(calls);
    private final TransferDesk desk = new TransferDesk(() -> calls.values(), 603);
    private volatile Locator locator = Locator.NONE;
    private volatile OwnAccounts accounts = OwnAccounts.NONE;
    private volatile boolean draining;

    private record Entry(int order, Receiver receiver) {
    }

    /**
     * Bounds of this node.
     *
     * @param maxCalls      live calls in all
     * @param inboundLimit  longest time of an answered inbound call
     * @param decisionLimit how long an inbound call may stay undecided
     * @param codecs        encoding names in order of preference
     * @param account       whose the calls are that nobody else placed
     * @param srtpInClear   whether SRTP is taken and offered over UDP and TCP too, where everybody on the way can read its keys
     */
    public record Limits(int maxCalls, Duration inboundLimit, Duration decisionLimit, boolean hangupOnDeadMedia, List<String> codecs,
                         String account, boolean srtpInClear) {

        /** SRTP in TLS alone. */
        public Limits(int maxCalls, Duration inboundLimit, Duration decisionLimit, boolean hangupOnDeadMedia, List<String> codecs, String account) {
            this(maxCalls, inboundLimit, decisionLimit, hangupOnDeadMedia, codecs, account, false);
        }
    }

    public CallRegistry(Signalling signalling, MediaPlane media, EventBus events, CallLedger ledger, EngineClock clock, Timers timers, Ids ids,
                        Executor pool, Limits limits, CallGuard guard) {
        this.signalling = signalling;
        this.limits = limits;
        this.services = new CallServices(media, events, ledger, clock, timers, ids, pool, limits.codecs(), limits.inboundLimit(),
                limits.decisionLimit(), limits.hangupOnDeadMedia(), this::live, desk, guard);
    }

    /** Sets who knows where users of ours are. */
    public void locating(Locator users) {
        locator = users;
    }

    /** Sets who knows which accounts of ours are called. */
    public void accounts(OwnAccounts own) {
        accounts = own;
    }

    @Override
    public List<PlaceCall> places(PlaceCall request) {
        List<Locator.Reached> found = find(request.leg());
        return found == null || found.isEmpty() ? List.of(request)
                : found.stream().map(each -> request.withLeg(request.leg().withReached(each))).toList();
    }

    /** Null where the call goes where it says: it has been located, or is to pass a proxy, or the target is no user of ours. */
    private List<Locator.Reached> find(OutboundLeg leg) {
        return leg.reached() != null || leg.firstHop() != null ? null : locator.find(leg.target());
    }

    private PlaceCall located(PlaceCall request) throws CallException {
        List<Locator.Reached> found = find(request.leg());
        if (found != null && found.isEmpty()) {
            throw new CallException(Kind.NOT_REGISTERED, null, UriPasswords.hide(request.leg().target()) + " is not registered");
        }
        return found == null ? request : request.withLeg(request.leg().withReached(found.get(0)));
    }

    private OutboundLeg identified(PlaceCall request, String callId) {
        String prefix = request.idHeaders();
        return prefix == null ? request.leg() : request.leg().withHeaders(request.leg().headers().and(SipHeaders.of(prefix + "CallSid", callId,
                prefix + "AccountSid", accountOf(request), prefix + "ApiVersion", API_VERSION)));
    }

    private String accountOf(PlaceCall request) {
        return request.account() == null ? limits.account() : request.account();
    }

    @Override
    public Call place(PlaceCall asked) throws CallException {
        String closed = closedBecause();
        if (closed != null) {
            throw new CallException(Kind.UNAVAILABLE, null, "no new calls: " + closed);
        }
        PlaceCall request = located(asked);
        int forwards = loops.forwards(request.parentCallId());
        String callId = services.ids().next();
        Mailbox mailbox = new Mailbox(services.pool(), callId);
        // The leg needs a listener before the call has its facts (the Call-ID is the leg's to choose): the mailbox is held meanwhile.
        CompletableFuture<LiveCall> made = new CompletableFuture<>();
        SignallingLeg leg;
        try {
            leg = signalling.leg(identified(request, callId).withMaxForwards(forwards), mailbox, event -> {
                LiveCall call = made.join();
                if (call != null) {
                    call.onSignal(event);
                }
            });
        } catch (IllegalArgumentException wrong) {
            throw new CallException(Kind.BAD_REQUEST, null, wrong.getMessage(), wrong);
        }
        Party to = leg.remoteParty();
        String account = accountOf(request);
        MediaSecurity security;
        CallGuard.Admission admission;
        try {
            security = SrtpPolicy.outbound(request.security(), leg.transport(), limits.srtpInClear());
            // Asked with what would go out; nothing has yet.
            admission = services.guard().admit(account, request.parentCallId(), to, request.leg().firstHop(), request.leg().reached() != null);
        } catch (CallException refused) {
            made.complete(null);
            leg.abandon();
            throw refused;
        }
        LiveCall call = new LiveCall(services, mailbox, new CallFacts(callId, leg.sipCallId(), CallDirection.OUTBOUND, leg.localParty(), to,
                UriPasswords.hide(request.leg().target()), leg.transport(), "", "", SipHeaders.none(), null,
                shorter(request.timeLimit(), admission.longest()), security, request.parentCallId(), account), gone -> {
                    forget(gone);
                    loops.gone(gone);
                    admission.release();
                });
        made.complete(call);
        try {
            call.openAudio(request.codecs());
        } catch (MediaException failure) {
            leg.abandon();
            admission.release();
            throw new CallException(failure.kind() == MediaException.Kind.UNKNOWN_CODEC ? Kind.BAD_REQUEST : Kind.MEDIA, null,
                    failure.getMessage(), failure);
        }
        calls.put(callId, call);
        loops.placed(call);
        mailbox.release(() -> call.invite(leg, request.ringTimeout()));
        return call;
    }

    private static Duration shorter(Duration asked, Duration longest) {
        return longest == null || asked.compareTo(longest) <= 0 ? asked : longest;
    }

    @Override
    public List<String> codecsToOffer(Call caller, List<String> wish) {
        MediaInfo media = caller.snapshot().media();
        return CodecChoice.toOffer(media == null ? null : media.codec(), caller.speaks(), wish.isEmpty() ? services.codecs() : wish,
                services.media()::transcodes);
    }

    @Override
    public List<String> codecsToAnswer(Call caller, String taken, List<String> wish) {
        return CodecChoice.toAnswer(taken, caller.speaks(), wish.isEmpty() ? services.codecs() : wish, services.media()::transcodes);
    }

    /** Calls that were not placed since they went round in circles. */
    public long loopsRefused() {
        return loops.refused();
    }

    /** Why no new call is taken now, or null. */
    private String closedBecause() {
        if (draining) {
            return "shutting down";
        }
        return calls.size() >= limits.maxCalls() ? calls.size() + " are live" : services.ledger().trouble();
    }

    @Override
    public void invited(IncomingInvite invite) {
        if (closedBecause() != null) {
            invite.refuse(503, "Service Unavailable", RETRY_AFTER);
            return;
        }
        if (invite.replaces() != null) {
            replace(invite);
            return;
        }
        Party account = accounts.called(invite.requestUri());
        IncomingCall incoming = new Incoming(invite, account);
        boolean busy = false;
        for (Entry entry : receivers) {
            if (entry.receiver().wants(incoming)) {
                if (!entry.receiver().isBusy(incoming)) {
                    take(invite, incoming.called(), call -> entry.receiver().received(call, incoming));
                    return;
                }
                busy = true;
            }
        }
        if (busy) {
            invite.refuse(503, "Service Unavailable", RETRY_AFTER);
        } else if (account != null) {
            invite.refuse(480, "Temporarily Unavailable", SipHeaders.none());
        } else {
            invite.refuse(404, "Not Found", SipHeaders.none());
        }
    }

    private void replace(IncomingInvite invite) {
        LiveCall old = desk.replacedBy(invite, services.clock().nanos());
        if (old != null) {
            Replacement replacement = new Replacement(this, limits.codecs());
            take(invite, invite.requestUri(), fresh -> replacement.take(fresh, old));
        }
    }

    private void take(IncomingInvite invite, Party called, Consumer<Call> receiver) {
        String callId = services.ids().next();
        Mailbox mailbox = new Mailbox(services.pool(), callId);
        InetSocketAddress source = invite.source();
        LiveCall call = new LiveCall(services, mailbox, new CallFacts(callId, invite.sipCallId(), CallDirection.INBOUND, invite.from(),
                invite.to(), called.uri(), invite.transport(), source.getAddress().getHostAddress() + ":" + source.getPort(),
                invite.authenticatedUser(), invite.headers(), invite.offer(), services.inboundLimit(),
                SrtpPolicy.inbound(invite.transport(), limits.srtpInClear()), null,
                limits.account()), this::forget);
        calls.put(callId, call);
        SignallingLeg leg = invite.claim(mailbox, call::onSignal);
        mailbox.release(() -> call.offered(leg, () -> receiver.accept(call)));
    }

    private void forget(LiveCall call) {
        calls.remove(call.id());
        desk.over(call, services.clock().nanos());
    }

    @Override
    public Registration onTransfer(int order, TransferReceiver receiver) {
        return desk.add(order, receiver);
    }

    @Override
    public Call find(String callId) throws CallException {
        return live(callId);
    }

    private LiveCall live(String callId) throws CallException {
        LiveCall call = callId == null ? null : calls.get(callId);
        if (call == null) {
            throw new CallException(Kind.NO_SUCH_CALL, callId, "no live call has the id " + callId);
        }
        return call;
    }

    @Override
    public Collection<Call> live() {
        return new ArrayList<>(calls.values());
    }

    @Override
    public int count() {
        return calls.size();
    }

    @Override
    public synchronized Registration receive(int order, Receiver receiver) {
        Entry entry = new Entry(order, receiver);
        receivers.add(entry);
        receivers.sort(Comparator.comparingInt(Entry::order));
        return () -> receivers.remove(entry);
    }

    /** From now on inbound calls get 503 and none can be placed; live ones go on. */
    public void drain() {
        draining = true;
    }

    /** Ends what still lives. */
    public void hangUpAll(String why) {
        EndCause cause = EndCause.of(EndCause.Kind.INTERRUPTED, Origin.LOCAL, why);
        for (LiveCall call : calls.values()) {
            call.mailbox().execute(() -> call.end(cause));
        }
    }

    /** @param own the account that is called, null if it is none of ours */
    private record Incoming(IncomingInvite invite, Party own) implements IncomingCall {
        @Override
        public Party from() {
            return invite.from();
        }

        @Override
        public Party to() {
            return invite.to();
        }

        @Override
        public Party called() {
            return own == null ? invite.requestUri() : own;
        }

        @Override
        public String account() {
            return own == null ? "" : own.uri().substring(own.uri().indexOf(':') + 1);
        }

        @Override
        public String transport() {
            return invite.transport();
        }

        @Override
        public InetSocketAddress source() {
            return invite.source();
        }

        @Override
        public String authenticatedUser() {
            return invite.authenticatedUser();
        }

        @Override
        public SipHeaders headers() {
            return invite.headers();
        }
    }
}
