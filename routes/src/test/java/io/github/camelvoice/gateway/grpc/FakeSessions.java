package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accounts with owners, histories, and followers; what else sessions do is not here. */
final class FakeSessions {

    final Map<String, String> owners = new ConcurrentHashMap<>();
    final List<SessionStatus> history = new CopyOnWriteArrayList<>();
    final Map<Sessions.Listener, String> followers = new ConcurrentHashMap<>();
    volatile Runnable whileReading = () -> { };
    final Sessions sessions = (Sessions) Proxy.newProxyInstance(FakeSessions.class.getClassLoader(), new Class<?>[] {Sessions.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "get" -> get((String) arguments[0]);
                case "history" -> history((String) arguments[0], (long) arguments[1]);
                case "follow" -> follow((String) arguments[0], (Sessions.Listener) arguments[1]);
                default -> throw new IllegalStateException(method.getName());
            });

    static SessionStatus status(String account, long sequence, StatusType type) {
        return new SessionStatus(account, sequence, Instant.ofEpochSecond(1_700_000_000L + sequence, 5), type, "call-" + sequence,
                "bob@example.com", "",
                Map.of("X-Topic", "sales"), "words", "", "at Some.java:1", "");
    }

    private Optional<SessionInfo> get(String account) {
        return Optional.ofNullable(owners.get(account)).map(owner -> new SessionInfo(account, owner, Optional.empty(), true, 0,
                status(account, 1, StatusType.READY), ""));
    }

    private List<SessionStatus> history(String account, long after) {
        List<SessionStatus> found = history.stream().filter(each -> each.account().equals(account) && each.sequence() > after).toList();
        whileReading.run();
        return found;
    }

    private Sessions.Following follow(String account, Sessions.Listener listener) {
        followers.put(listener, account == null ? "" : account);
        return () -> followers.remove(listener);
    }

    void tell(SessionStatus status) {
        history.add(status);
        followers.forEach((listener, account) -> {
            if (account.isEmpty() || account.equals(status.account())) {
                listener.told(status);
            }
        });
    }
}
