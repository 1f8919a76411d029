package io.github.camelvoice.outbound;

import io.github.camelvoice.runtime.Threads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Says where something may be sent that somebody else named. A URL is parsed once, its name is looked up once, and the address that was
 * checked is the one to connect to. Thread-safe.
 * <p>
 * Without a list, public addresses alone are allowed. With a list, nothing but what it names: a network allows its addresses, whatever
 * their names; a host allows what its name resolves to, link-local addresses left out; {@code *.example.org} allows the hosts below
 * example.org as far as their addresses are public; {@code public} allows all public addresses. The addresses 0.0.0.0/8 and {@code ::},
 * multicast and broadcast are never allowed. Of a name with several addresses the first that is allowed is taken; the others do not matter.
 */
public final class TargetPolicy implements AutoCloseable {

    /** So many that names whose servers do not answer do not hold up the others; a thread that has nothing to do ends. */
    private static final int LOOKUPS_AT_ONCE = 64;
    private static final int LOOKUPS_WAITING = 1_000;
    private static final int LOOKUP_SECONDS = 5;

    private final AllowList allowed;
    private final Resolver resolver;
    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(LOOKUPS_AT_ONCE, LOOKUPS_AT_ONCE, 10, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOOKUPS_WAITING), Threads.named("lookup"));

    /**
     * @param allow {@code voice.outbound.allow}: hosts and networks, separated by commas; null or empty for public addresses only
     * @throws IllegalArgumentException naming the entry that is wrong
     */
    public TargetPolicy(String allow) {
        this(allow, Resolver.SYSTEM);
    }

    /** @throws IllegalArgumentException naming the entry that is wrong */
    public TargetPolicy(String allow, Resolver resolver) {
        this.allowed = new AllowList(allow);
        this.resolver = resolver;
        lookups.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads a list and forgets it.
     *
     * @throws IllegalArgumentException naming the entry that is wrong
     */
    public static void checkList(String allow) {
        new AllowList(allow);
    }

    /**
     * The URL by itself: syntax and scheme, and whether its address is allowed where it is one. For early errors; neither waits nor looks
     * anything up.
     *
     * @param schemes lower case, one of {@link Schemes} as a rule
     */
    public Target parse(String url, Set<String> schemes) throws TargetException {
        return parse(url, schemes, false);
    }

    /** @param credentials whether the URL may have user name and password; they are in {@link Target#userInfo} then */
    public Target parse(String url, Set<String> schemes, boolean credentials) throws TargetException {
        Target target = TargetParser.parse(url, schemes, credentials);
        if (target.literal() != null) {
            judge(target, AddressClass.plain(target.literal()));
        } else if (!allowed.mayAllow(target.host(), target.port())) {
            throw notAllowed("nothing may be sent to host " + target.host() + ", port " + target.port());
        }
        return target;
    }

    private CheckedTarget judge(Target target, InetAddress address) throws TargetException {
        if (!allowed.allows(target.host(), target.port(), address)) {
            AddressClass kind = AddressClass.of(address);
            throw notAllowed("nothing may be sent to " + target.host() + ", port " + target.port()
                    + (kind == AddressClass.PUBLIC ? "" : ": it is " + kind.words()));
        }
        return new CheckedTarget(target, address);
    }

    private static TargetException notAllowed(String message) {
        return new TargetException(TargetException.Kind.NOT_ALLOWED, message);
    }

    /**
     * Checks the URL and looks its name up, once. The stage fails with a {@link TargetException}; where the host is a name, the stage is
     * completed on a thread that looks names up: do not wait there.
     *
     * @param schemes lower case, one of {@link Schemes} as a rule
     */
    public CompletionStage<CheckedTarget> check(String url, Set<String> schemes) {
        return check(url, schemes, false);
    }

    /** @param credentials whether the URL may have user name and password; they are in {@link Target#userInfo} then */
    public CompletionStage<CheckedTarget> check(String url, Set<String> schemes, boolean credentials) {
        try {
            Target target = parse(url, schemes, credentials);
            return target.literal() != null ? CompletableFuture.completedFuture(judge(target, AddressClass.plain(target.literal())))
                    : lookUp(target);
        } catch (TargetException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletionStage<CheckedTarget> lookUp(Target target) {
        CompletableFuture<CheckedTarget> found = new CompletableFuture<>();
        try {
            lookups.execute(() -> {
                if (found.isDone()) {
                    return;
                }
                try {
                    found.complete(choose(target, resolver.resolve(target.host())));
                } catch (UnknownHostException unknown) {
                    found.completeExceptionally(unresolved(target, "has no address"));
                } catch (TargetException | RuntimeException refused) {
                    found.completeExceptionally(refused);
                }
            });
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(unresolved(target, "cannot be looked up: too many look-ups wait"));
        }
        CompletableFuture<CheckedTarget> timely = new CompletableFuture<>();
        found.orTimeout(LOOKUP_SECONDS, TimeUnit.SECONDS).whenComplete((checked, failure) -> {
            if (failure instanceof java.util.concurrent.TimeoutException) {
                timely.completeExceptionally(unresolved(target, "was not looked up within " + LOOKUP_SECONDS + " s"));
            } else if (failure != null) {
                timely.completeExceptionally(failure);
            } else {
                timely.complete(checked);
            }
        });
        return timely;
    }

    private static TargetException unresolved(Target target, String what) {
        return new TargetException(TargetException.Kind.UNRESOLVED, "host " + target.host() + " " + what);
    }

    /** The message does not tell the addresses: who may not go there need not learn them. */
    private CheckedTarget choose(Target target, InetAddress[] addresses) throws TargetException {
        for (InetAddress address : addresses) {
            InetAddress plain = AddressClass.plain(address);
            if (allowed.allows(target.host(), target.port(), plain)) {
                return new CheckedTarget(target, plain);
            }
        }
        throw notAllowed("nothing may be sent to host " + target.host() + ", port " + target.port() + ": it has no address that is allowed");
    }

    /** Ends the threads that look names up. */
    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
