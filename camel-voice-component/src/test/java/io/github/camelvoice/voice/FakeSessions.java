package io.github.camelvoice.voice;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionException.Kind;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions without servers: the test says what happens to accounts. */
final class FakeSessions implements Sessions {

    final List<RegisterAccount> registered = new CopyOnWriteArrayList<>();
    /** What was asked beyond registering: {@code call alice@x bob}. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<PlaySource> played = new CopyOnWriteArrayList<>();
    volatile SipHeaders headers = SipHeaders.none();
    volatile SessionException failure;
    /** What the next registration comes to; null: the answer is long in coming. */
    volatile StatusType registration = StatusType.REGISTERED;
    volatile IOException unreadable;
    final Map<String, Account> accounts = new ConcurrentHashMap<>();
    /** Of the call that all accounts are in. */
    volatile String callId = "";
    volatile int historySize = 1_000;
    private final Map<String, Entry> all = new TreeMap<>();
    private final Map<String, String> named = new LinkedHashMap<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<SessionStatus>> playing = new CopyOnWriteArrayList<>();

    private record Follower(String account, Listener listener) {
    }

    private static final class Entry {
        private final String owner;
        private RegistrationInfo.State state = RegistrationInfo.State.REGISTERING;
        private int code;
        private Integer interval;
        private SessionStatus status;
        private final List<SessionStatus> history = new ArrayList<>();
        private long sequence;

        Entry(String owner) {
            this.owner = owner;
        }
    }

    /** Something happens to an account. */
    SessionStatus tells(String account, StatusType type) {
        return tells(account, type, "", "", "", "");
    }

    synchronized SessionStatus tells(String account, StatusType type, String callId, String callee, String target, String description) {
        Entry entry = all.get(account);
        SessionStatus status = new SessionStatus(account, ++entry.sequence, Instant.ofEpochSecond(entry.sequence), type, callId, callee, target, Map.of(),
                description, "", "", "");
        entry.status = status;
        entry.history.add(status);
        if (entry.history.size() > historySize) {
            entry.history.remove(0);
        }
        if (type == StatusType.REGISTERED) {
            entry.state = RegistrationInfo.State.REGISTERED;
            entry.code = 0;
        } else if (type == StatusType.SESSION_REGISTRATION_FAILED) {
            entry.state = RegistrationInfo.State.WAITING;
            entry.code = 503;
        }
        followers.stream().filter(each -> each.account() == null || each.account().equals(account)).forEach(each -> each.listener().told(status));
        return status;
    }

    /** The files that play are through. */
    void playedAll(String account) {
        SessionStatus status = tells(account, StatusType.MICROPHONE_WAV_FILES_PLAYED);
        playing.forEach(each -> each.complete(status));
    }

    int followers() {
        return followers.size();
    }

    @Override
    public synchronized CompletionStage<SessionStatus> register(RegisterAccount request) {
        registered.add(request);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        all.put(request.name(), new Entry(request.owner()));
        named.put(request.owner(), request.name());
        return registration == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(tells(request.name(), registration));
    }

    private CompletionStage<SessionStatus> does(String what, String account, StatusType type, String callee, String target) {
        asked.add(what + " " + account + (callee.isEmpty() ? "" : " " + callee) + (target.isEmpty() ? "" : " " + target));
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (get(account).isEmpty()) {
            return CompletableFuture.failedFuture(new SessionException(Kind.NOT_FOUND, "there is no account " + account));
        }
        return CompletableFuture.completedFuture(tells(account, type, type == StatusType.SESSION_STARTED ? "" : "c-1", callee, target, ""));
    }

    @Override
    public synchronized CompletionStage<SessionStatus> unregister(String account) {
        CompletionStage<SessionStatus> done = does("unregister", account, StatusType.NO_SESSION, "", "");
        all.remove(account);
        return done;
    }

    @Override
    public synchronized CompletionStage<SessionStatus> start(String account, int autoAnswerInterval) {
        Entry entry = all.get(account);
        if (entry != null && entry.state != RegistrationInfo.State.REGISTERED) {
            return CompletableFuture.failedFuture(new SessionException(Kind.NOT_FOUND, account + " is not registered"));
        }
        if (entry != null) {
            entry.interval = autoAnswerInterval;
        }
        return does("start " + autoAnswerInterval, account, StatusType.SESSION_STARTED, "", "");
    }

    @Override
    public CompletionStage<SessionStatus> end(String account) {
        return does("end", account, StatusType.SESSION_ENDED, "", "");
    }

    @Override
    public CompletionStage<SessionStatus> call(String account, String callee, SipHeaders with) {
        headers = with;
        return does("call", account, StatusType.OUTGOING_CALL_INITIATED, callee, "");
    }

    @Override
    public CompletionStage<SessionStatus> answer(String account) {
        return does("answer", account, StatusType.INCOMING_CALL_CONNECTED, "", "");
    }

    @Override
    public CompletionStage<SessionStatus> hangup(String account, boolean hard) {
        return does("hangup", account, hard ? StatusType.HARD_HANGUP_INITIATED : StatusType.SOFT_HANGUP_INITIATED, "", "");
    }

    @Override
    public CompletionStage<SessionStatus> transfer(String account, String target, SipHeaders with) {
        headers = with;
        return does("transfer", account, StatusType.TRANSFER_CALL_INITIATED, "", target);
    }

    @Override
    public CompletionStage<SessionStatus> play(String account, List<PlaySource> files, BrokenFiles broken) {
        asked.add("play " + account + " " + files.size() + " " + broken);
        played.addAll(files);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        CompletableFuture<SessionStatus> done = new CompletableFuture<>();
        playing.add(done);
        return done;
    }

    @Override
    public CompletionStage<SessionStatus> mute(String account) {
        return does("mute", account, StatusType.MICROPHONE_MUTED, "", "");
    }

    @Override
    public CompletionStage<SessionStatus> unmute(String account) {
        return does("unmute", account, StatusType.MICROPHONE_UNMUTED, "", "");
    }

    @Override
    public synchronized CompletionStage<SessionStatus> status(String account) {
        Entry entry = all.get(account);
        return entry == null ? CompletableFuture.failedFuture(new SessionException(Kind.NOT_FOUND, "there is no account " + account))
                : CompletableFuture.completedFuture(entry.status);
    }

    @Override
    public synchronized List<SessionStatus> history(String account, long after, int most) throws IOException {
        if (unreadable != null) {
            throw unreadable;
        }
        Entry entry = all.get(account);
        List<SessionStatus> found = entry == null ? List.of() : entry.history.stream().filter(each -> each.sequence() > after).toList();
        return found.subList(Math.max(0, found.size() - most), found.size());
    }

    @Override
    public synchronized Optional<SessionInfo> get(String account) {
        return Optional.ofNullable(all.get(account)).map(entry -> info(account, entry));
    }

    private SessionInfo info(String account, Entry entry) {
        boolean registered = entry.state == RegistrationInfo.State.REGISTERED;
        RegistrationInfo registration = new RegistrationInfo(account, entry.state, "127.0.0.1:5070", "udp", registered ? "sip:t@127.0.0.1" : "",
                registered ? Instant.EPOCH : null, registered ? Instant.ofEpochSecond(3600) : null, List.of(), entry.code,
                entry.code == 0 ? "" : "Service Unavailable", entry.code == 0 ? 0 : 1, null);
        return new SessionInfo(account, entry.owner, Optional.of(registration), entry.interval != null, entry.interval == null ? 0 : entry.interval,
                entry.status, callId);
    }

    @Override
    public synchronized Optional<Account> account(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    @Override
    public synchronized List<SessionInfo> list(String owner) {
        return all.entrySet().stream().filter(each -> owner == null || each.getValue().owner.equals(owner))
                .map(each -> info(each.getKey(), each.getValue())).toList();
    }

    @Override
    public synchronized Optional<String> current(String owner) {
        return Optional.ofNullable(named.get(owner));
    }

    @Override
    public synchronized void named(String owner, String account) {
        named.put(owner, account);
    }

    @Override
    public Following follow(String account, Listener listener) {
        Follower follower = new Follower(account, listener);
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
