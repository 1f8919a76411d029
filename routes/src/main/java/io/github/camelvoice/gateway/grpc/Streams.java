package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.runtime.EngineClock;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts calls and the bytes of their requests while they come in, and refuses those for which there is no room: what is too large is refused before
 * it is here. Thread-safe, never blocks.
 */
final class Streams extends ServerStreamTracer.Factory {

    static final Context.Key<Stream> CURRENT = Context.key("voice-stream");
    /** So long a request may take to come in. */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final String withFiles;
    private final int most;
    private final long room;
    private final EngineClock clock;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger uploads = new AtomicInteger();
    private final AtomicLong held = new AtomicLong();
    private final Set<Stream> coming = ConcurrentHashMap.newKeySet();

    /** @param withFiles full name of the method whose requests may have {@code most} bytes */
    Streams(String withFiles, int most, long room, EngineClock clock) {
        this.withFiles = withFiles;
        this.most = most;
        this.room = room;
        this.clock = clock;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new Stream(method.equals(withFiles) ? most : Math.min(most, GrpcConfig.SMALL));
    }

    /** Calls under way. */
    int open() {
        return open.get();
    }

    /** Bytes of their requests. */
    long held() {
        return held.get();
    }

    /** Refuses what takes too long to come in. To be called about once a second. */
    void look() {
        long now = clock.nanos();
        for (Stream stream : coming) {
            if (now - stream.since > PATIENCE) {
                stream.refuse(Status.DEADLINE_EXCEEDED.withDescription("the request did not come in within "
                        + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s"));
            }
        }
    }

    /** One call. Its bytes are counted on the thread of its connection. */
    final class Stream extends ServerStreamTracer {

        private final int limit;
        private final long since = clock.nanos();
        private long size;
        private boolean upload;
        private boolean over;
        private Status refused;
        private Consumer<Status> end;

        private Stream(int limit) {
            this.limit = limit;
            open.incrementAndGet();
        }

        @Override
        public Context filterContext(Context context) {
            return context.withValue(CURRENT, this);
        }

        /** @param ends the call, from any thread. @param whole whether one message is all that comes */
        void watch(Consumer<Status> ends, boolean whole) {
            Status already;
            synchronized (this) {
                end = ends;
                already = refused;
                if (whole && !over) {
                    coming.add(this);
                }
            }
            if (already != null) {
                ends.accept(already);
            }
        }

        /** The request is here. */
        void arrived() {
            coming.remove(this);
            leave();
        }

        @Override
        public void inboundWireSize(long bytes) {
            synchronized (this) {
                if (over) {
                    return;
                }
                size += bytes;
                held.addAndGet(bytes);
                if (!upload && size > GrpcConfig.SMALL) {
                    upload = true;
                    uploads.incrementAndGet();
                }
            }
            if (size > limit) {
                refuse(Status.RESOURCE_EXHAUSTED.withDescription("a request to this method may have " + limit + " bytes"));
            } else if (upload && (uploads.get() > GrpcConfig.UPLOADS || held.get() > room)) {
                refuse(Status.RESOURCE_EXHAUSTED.withDescription("too many files come in at the same time, try again later"));
            }
        }

        /** Ends the call, from any thread. */
        void refuse(Status why) {
            Consumer<Status> ends;
            synchronized (this) {
                if (refused != null) {
                    return;
                }
                refused = why;
                ends = end;
            }
            if (ends != null) {
                ends.accept(why);
            }
        }

        private synchronized void leave() {
            if (upload) {
                upload = false;
                uploads.decrementAndGet();
            }
        }

        @Override
        public void streamClosed(Status status) {
            synchronized (this) {
                over = true;
                held.addAndGet(-size);
                size = 0;
                leave();
            }
            coming.remove(this);
            open.decrementAndGet();
        }
    }
}
