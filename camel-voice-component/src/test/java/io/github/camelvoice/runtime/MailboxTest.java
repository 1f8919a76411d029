package io.github.camelvoice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void heldUntilReleasedThenInOrder() throws Exception {
        Mailbox mailbox = new Mailbox(pool, "test");
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        mailbox.execute(() -> ran.add("second"));
        mailbox.execute(done::countDown);
        assertThat(done.await(50, TimeUnit.MILLISECONDS)).isFalse();
        mailbox.release(() -> ran.add("first"));
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void oneAtATimeFromManyThreads() throws Exception {
        Mailbox mailbox = new Mailbox(pool, "test");
        mailbox.release(() -> { });
        int writers = 4;
        int each = 20_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        int[] lastOf = new int[writers];
        AtomicInteger disorder = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(writers * each);
        for (int w = 0; w < writers; w++) {
            int writer = w;
            new Thread(() -> {
                for (int i = 1; i <= each; i++) {
                    int n = i;
                    mailbox.execute(() -> {
                        if (inside.incrementAndGet() != 1) {
                            overlaps.incrementAndGet();
                        }
                        if (lastOf[writer] != n - 1) {
                            disorder.incrementAndGet();
                        }
                        lastOf[writer] = n;
                        inside.decrementAndGet();
                        done.countDown();
                    });
                }
            }).start();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
        assertThat(disorder).hasValue(0);
    }

    @Test
    void idleMailboxRunsTheTaskOnTheCallersThread() throws Exception {
        Mailbox mailbox = new Mailbox(pool, "test");
        CountDownLatch idle = new CountDownLatch(1);
        mailbox.release(idle::countDown);
        assertThat(idle.await(10, TimeUnit.SECONDS)).isTrue();
        Thread[] ranOn = new Thread[1];
        org.awaitility.Awaitility.await().until(() -> {
            mailbox.executeHere(() -> ranOn[0] = Thread.currentThread());
            return ranOn[0] == Thread.currentThread();
        });
        CountDownLatch nested = new CountDownLatch(1);
        mailbox.executeHere(() -> {
            mailbox.executeHere(nested::countDown);
            assertThat(nested.getCount()).as("one at a time, even from within").isEqualTo(1);
        });
        assertThat(nested.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void taskThatThrowsDoesNotStopTheNext() throws Exception {
        Mailbox mailbox = new Mailbox(pool, "test");
        CountDownLatch done = new CountDownLatch(1);
        mailbox.release(() -> {
            throw new IllegalStateException("on purpose");
        });
        mailbox.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
