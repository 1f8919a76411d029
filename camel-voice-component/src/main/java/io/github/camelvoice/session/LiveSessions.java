package io.github.camelvoice.session;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.registration.Registrations;
import io.github.camelvoice.session.SessionException.Kind;

/** The accounts of this node with their sessions. Thread-safe. */
public final class LiveSessions implements Sessions, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSessions.class);
    /** A call that nobody decided about is refused after three minutes: nobody waits longer to be answered. */
    private static final int LONGEST_INTERVAL = 170;
    private static final int LOOKED_BACK = 200;
    private static final int AGAIN_SECONDS = 5;
    private static final int MOST_TRANSFER_HEADERS = 10;

    private final SessionServices services;
    private final SessionSettings settings;
    private final AccountMaker maker;
    private final Followers followers = new Followers();
    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, String> current = new ConcurrentHashMap<>();
    private final Object admission = new Object();
    private Registrations.Following registrations;
    private Calls.Registration calls;

    public LiveSessions(SessionServices services, SessionSettings settings) {
        this.services = services;
        this.settings = settings;
        this.maker = new AccountMaker(services.chance(), settings.expires());
    }

    /** Takes up what was kept: registers it again, as soon as the store can be read. */
    public void start() {
        registrations = services.registrations().follow(this::registrationChanged);
        calls = services.calls().receive(Integer.MIN_VALUE, new Takes());
        services.waiting().execute(this::load);
    }

    private void load() {
        try {
            for (SessionStore.Kept one : services.store().load()) {
                takeUp(one);
            }
        } catch (IOException | RuntimeException away) {
            LOG.warn("the accounts cannot be read now, tried again in {} s: {}", AGAIN_SECONDS, away.getMessage());
            services.timers().schedule(AGAIN_SECONDS, TimeUnit.SECONDS, services.waiting(), this::load);
        }
    }

    private void takeUp(SessionStore.Kept kept) throws IOException {
        if (sessions.containsKey(kept.account().name())) {
            return;
        }
        LiveSession session = make(kept.account());
        if (kept.started()) {
            closeInterrupted(session, services.store().history(kept.account().name(), 0, LOOKED_BACK));
        }
        session.registerAgain(kept.trouble());
        if (sessions.putIfAbsent(kept.account().name(), session) == null) {
            session.open(kept.sequence(), kept);
            current.merge(session.account().owner(), session.account().name(), this::usedLast);
        }
    }

    private String usedLast(String one, String other) {
        LiveSession first = sessions.get(one);
        LiveSession second = sessions.get(other);
        return first != null && second != null && second.used().isBefore(first.used()) ? one : other;
    }

    /** The call that the history leaves open, if there is one, is over. */
    private static void closeInterrupted(LiveSession session, List<SessionStatus> history) {
        Set<String> over = new HashSet<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            SessionStatus status = history.get(i);
            if (status.callId().isEmpty() || over.contains(status.callId())) {
                continue;
            }
            switch (status.type()) {
                case INCOMING_CALL_FAILED, INCOMING_CALL_FINISHED, OUTGOING_CALL_FAILED, OUTGOING_CALL_FINISHED -> over.add(status.callId());
                case INCOMING_CALL_INITIATED, INCOMING_CALL_CONNECTED -> {
                    session.closeInterrupted(StatusType.INCOMING_CALL_FAILED, status);
                    return;
                }
                case OUTGOING_CALL_INITIATED, OUTGOING_CALL_CONNECTED -> {
                    session.closeInterrupted(StatusType.OUTGOING_CALL_FAILED, status);
                    return;
                }
                default -> { }
            }
        }
    }

    private LiveSession make(Account account) {
        return new LiveSession(account, services, settings, followers, this::forget);
    }

    private void forget(LiveSession gone) {
        sessions.remove(gone.account().name(), gone);
        current.remove(gone.account().owner(), gone.account().name());
    }

    private void registrationChanged(RegistrationInfo info) {
        LiveSession session = sessions.get(info.name());
        if (session != null) {
            session.registrationChanged(info);
        }
    }

    @Override
    public CompletionStage<SessionStatus> register(RegisterAccount request) {
        try {
            synchronized (admission) {
                return admit(request);
            }
        } catch (IllegalArgumentException wrong) {
            return failed(Kind.INVALID_ARGUMENT, wrong.getMessage());
        }
    }

    private CompletionStage<SessionStatus> admit(RegisterAccount request) {
        String name = Addressing.account(request.name());
        LiveSession known = sessions.get(name);
        String owner = known != null && request.owner().isEmpty() ? known.account().owner() : request.owner();
        if (known != null && !known.account().owner().equals(owner)) {
            return failed(Kind.PERMISSION_DENIED, "the account is somebody else's");
        }
        Account account = maker.make(name, owner, request, known == null ? null : known.account());
        if (known == null) {
            String full = full(owner);
            if (full != null) {
                return failed(Kind.RESOURCE_EXHAUSTED, full);
            }
        }
        LiveSession session = known == null ? make(account) : known;
        CompletionStage<SessionStatus> result = session.register(account);
        current.put(owner, name);
        if (known == null) {
            sessions.put(name, session);
            services.waiting().execute(() -> open(session));
        }
        return result;
    }

    /** Its numbers go on where an earlier account of that name left off. */
    private void open(LiveSession session) {
        long last = 0;
        try {
            List<SessionStatus> history = services.store().history(session.account().name(), 0, 1);
            last = history.isEmpty() ? 0 : history.get(history.size() - 1).sequence();
        } catch (IOException | RuntimeException unreadable) {
            LOG.error("[{}] its history cannot be read, its numbers start anew: {}", session.account().name(), unreadable.getMessage());
        }
        session.open(last, null);
    }

    private String full(String owner) {
        if (sessions.size() >= settings.inAll()) {
            return "there are " + sessions.size() + " accounts, no more are allowed";
        }
        long own = owner.isEmpty() ? 0 : sessions.values().stream().filter(session -> session.account().owner().equals(owner)).count();
        return own >= settings.perOwner() ? "there are " + own + " accounts of the same owner, no more are allowed" : null;
    }

    @Override
    public CompletionStage<SessionStatus> unregister(String account) {
        return ask(account, SessionEvent.UNREGISTER, Order.plain());
    }

    @Override
    public CompletionStage<SessionStatus> start(String account, int autoAnswerInterval) {
        LiveSession session = find(account);
        if (session == null) {
            return unknown();
        }
        if (autoAnswerInterval > LONGEST_INTERVAL) {
            return failed(Kind.INVALID_ARGUMENT, "autoAnswerInterval must be " + LONGEST_INTERVAL + " seconds or less: " + autoAnswerInterval);
        }
        return session.start(Order.start(autoAnswerInterval));
    }

    @Override
    public CompletionStage<SessionStatus> end(String account) {
        return ask(account, SessionEvent.END, Order.plain());
    }

    @Override
    public CompletionStage<SessionStatus> call(String account, String callee, SipHeaders headers) {
        return to(account, SessionEvent.CALL, callee, "callee", headers);
    }

    @Override
    public CompletionStage<SessionStatus> answer(String account) {
        return ask(account, SessionEvent.ANSWER, Order.plain());
    }

    @Override
    public CompletionStage<SessionStatus> hangup(String account, boolean hard) {
        return ask(account, hard ? SessionEvent.HANG_UP_HARD : SessionEvent.HANG_UP, Order.plain());
    }

    @Override
    public CompletionStage<SessionStatus> transfer(String account, String target, SipHeaders headers) {
        return to(account, SessionEvent.TRANSFER, target, "target", headers);
    }

    private CompletionStage<SessionStatus> to(String account, SessionEvent event, String whom, String field, SipHeaders headers) {
        LiveSession session = find(account);
        if (session == null) {
            return unknown();
        }
        try {
            if (event == SessionEvent.TRANSFER && headers != null && headers.size() > MOST_TRANSFER_HEADERS) {
                throw new IllegalArgumentException("headers: a transfer has " + MOST_TRANSFER_HEADERS + " at most");
            }
            String uri = Addressing.uri(whom, session.account().name(), field);
            return session.ask(event, Order.to(whom.strip(), uri, Addressing.headers(headers)));
        } catch (IllegalArgumentException wrong) {
            return failed(Kind.INVALID_ARGUMENT, wrong.getMessage());
        }
    }

    @Override
    public CompletionStage<SessionStatus> play(String account, List<PlaySource> files, BrokenFiles broken) {
        if (files.isEmpty() || files.stream().anyMatch(file -> file.repeat() == 0)) {
            return failed(Kind.INVALID_ARGUMENT, files.isEmpty() ? "files: there are none" : "files: one would never end");
        }
        return ask(account, SessionEvent.PLAY, Order.play(files, broken));
    }

    @Override
    public CompletionStage<SessionStatus> mute(String account) {
        return ask(account, SessionEvent.MUTE, Order.plain());
    }

    @Override
    public CompletionStage<SessionStatus> unmute(String account) {
        return ask(account, SessionEvent.UNMUTE, Order.plain());
    }

    @Override
    public CompletionStage<SessionStatus> status(String account) {
        LiveSession session = find(account);
        return session == null ? unknown() : session.status();
    }

    private CompletionStage<SessionStatus> ask(String account, SessionEvent event, Order order) {
        LiveSession session = find(account);
        return session == null ? unknown() : session.ask(event, order);
    }

    private static CompletionStage<SessionStatus> unknown() {
        return failed(Kind.NOT_FOUND, "the account is not known");
    }

    private static CompletionStage<SessionStatus> failed(Kind kind, String message) {
        return CompletableFuture.failedFuture(new SessionException(kind, message));
    }

    private LiveSession find(String account) {
        if (account == null) {
            return null;
        }
        LiveSession session = sessions.get(account);
        if (session != null) {
            return session;
        }
        try {
            return sessions.get(Addressing.account(account));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    @Override
    public List<SessionStatus> history(String account, long after, int most) throws IOException {
        LiveSession session = find(account);
        return session == null ? services.store().history(account, after, most)
                : services.store().history(session.account().name(), Math.max(after, session.since()), most);
    }

    @Override
    public Optional<SessionInfo> get(String account) {
        return Optional.ofNullable(find(account)).map(LiveSession::info);
    }

    @Override
    public Optional<Account> account(String name) {
        return Optional.ofNullable(find(name)).map(LiveSession::account);
    }

    @Override
    public List<SessionInfo> list(String owner) {
        return sessions.values().stream().filter(session -> owner == null || session.account().owner().equals(owner)).map(LiveSession::info)
                .sorted(Comparator.comparing(SessionInfo::account)).toList();
    }

    @Override
    public Optional<String> current(String owner) {
        String named = current.get(owner);
        if (named != null && sessions.containsKey(named)) {
            return Optional.of(named);
        }
        List<String> own = sessions.values().stream().map(LiveSession::account).filter(account -> account.owner().equals(owner)).map(Account::name)
                .limit(2).toList();
        return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
    }

    @Override
    public void named(String owner, String account) {
        LiveSession session = find(account);
        if (session != null) {
            current.put(owner, session.account().name());
        }
    }

    @Override
    public Following follow(String account, Listener listener) {
        LiveSession session = find(account);
        return followers.add(session == null ? account : session.account().name(), listener);
    }

    /** Calls for accounts with a session. */
    private final class Takes implements Calls.Receiver {

        @Override
        public boolean wants(Calls.IncomingCall call) {
            LiveSession session = sessions.get(call.account());
            return session != null && session.takesCalls();
        }

        @Override
        public boolean isBusy(Calls.IncomingCall call) {
            // A second call is declined by the session, which tells of it.
            return false;
        }

        @Override
        public void received(Call call, Calls.IncomingCall incoming) {
            LiveSession session = sessions.get(incoming.account());
            if (session == null) {
                call.execute(new io.github.camelvoice.call.CallCommand.Reject(480, "Temporarily Unavailable", SipHeaders.none()));
            } else {
                session.incoming(call, incoming.from().uri());
            }
        }
    }

    /** Hears nothing more; sessions are as they were when this process starts again. */
    @Override
    public void close() {
        if (calls != null) {
            calls.close();
        }
        if (registrations != null) {
            registrations.close();
        }
    }
}
