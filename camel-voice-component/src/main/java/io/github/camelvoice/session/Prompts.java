package io.github.camelvoice.session;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.session.SessionException.Kind;

/**
 * WAVs that are played into a call, lists one after the other. Each list is checked as a whole before anything of it is played. On the session's
 * mailbox.
 */
final class Prompts {

    private static final int LONGEST_COMPLAINT = 200;

    private final PromptCheck check;
    private final Executor waiting;
    private final Executor mailbox;
    private final Call call;
    private final Listener listener;
    private final int mostFiles;
    private final long mostBytes;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private boolean playing;
    private boolean over;

    /** Told when a list was played to its end. */
    interface Listener {
        void played(Order order, String words, Throwable failure);
    }

    /** A list. Written by who checks it until it is {@link #checked}, then on the mailbox. */
    private static final class Batch {
        private final Order order;
        private final List<PlaySource> good = new ArrayList<>();
        /** Place of each of them, from 1. */
        private final List<Integer> places = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private Throwable failure;
        private long bytes;
        private boolean checked;
        private int next;

        private Batch(Order order) {
            this.order = order;
        }

        private void broken(int place, Throwable why) {
            String text = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
            complaints.add(place + " (" + (text.length() > LONGEST_COMPLAINT ? text.substring(0, LONGEST_COMPLAINT) + "…" : text) + ")");
            failure = failure == null ? why : failure;
        }

        private String words() {
            return complaints.isEmpty() ? "" : "broken: " + String.join(", ", complaints);
        }
    }

    Prompts(SessionServices services, SessionSettings settings, Executor mailbox, Call call, Listener listener) {
        this.check = services.prompts();
        this.waiting = services.waiting();
        this.mostFiles = settings.mostFiles();
        this.mostBytes = settings.mostBytes();
        this.mailbox = mailbox;
        this.call = call;
        this.listener = listener;
    }

    void add(Order order) {
        int waits = batches.stream().mapToInt(batch -> batch.order.files().size()).sum();
        if (waits + order.files().size() > mostFiles) {
            order.fail(Kind.RESOURCE_EXHAUSTED, "files: " + waits + " wait to be played already, " + mostFiles + " are allowed");
            return;
        }
        Batch batch = new Batch(order);
        batches.add(batch);
        try {
            waiting.execute(() -> check(batch));
        } catch (RejectedExecutionException closed) {
            batches.remove(batch);
            order.fail(Kind.UNAVAILABLE, "shutting down");
        }
    }

    /** Where files are waited for. */
    private void check(Batch batch) {
        int place = 0;
        for (PlaySource file : batch.order.files()) {
            place++;
            try {
                batch.bytes += check.check(file, mostBytes);
                batch.good.add(file);
                batch.places.add(place);
            } catch (IOException | RuntimeException broken) {
                batch.broken(place, broken);
            }
            if (batch.bytes > mostBytes) {
                break;
            }
        }
        mailbox.execute(() -> checked(batch));
    }

    private void checked(Batch batch) {
        if (over) {
            return;
        }
        batch.checked = true;
        long waits = batches.stream().filter(other -> other.checked && other != batch).mapToLong(other -> other.bytes).sum();
        if (waits + batch.bytes > mostBytes) {
            drop(batch, Kind.RESOURCE_EXHAUSTED, "files: more than " + mostBytes + " bytes wait to be played");
        } else if (batch.good.isEmpty() || !batch.complaints.isEmpty() && batch.order.broken() == Sessions.BrokenFiles.REFUSE) {
            drop(batch, Kind.INVALID_ARGUMENT, "files: " + batch.words());
        }
        next();
    }

    private void drop(Batch batch, Kind kind, String message) {
        batches.remove(batch);
        batch.order.done().completeExceptionally(new SessionException(kind, message, batch.failure));
    }

    private void next() {
        Batch batch = batches.peek();
        if (over || playing || batch == null || !batch.checked) {
            return;
        }
        if (batch.next == batch.good.size()) {
            batches.remove();
            listener.played(batch.order, batch.words(), batch.failure);
            next();
            return;
        }
        playing = true;
        call.execute(new CallCommand.Play(batch.good.get(batch.next))).whenComplete((done, failure) -> mailbox.execute(() -> played(batch, done, failure)));
    }

    private void played(Batch batch, CommandResult done, Throwable failure) {
        playing = false;
        if (over) {
            return;
        }
        boolean ended = failure instanceof CallException gone && gone.kind() == CallException.Kind.WRONG_STATE
                || done != null && done.call().state().isOver();
        if (ended) {
            close();
            return;
        }
        if (failure != null) {
            batch.broken(batch.places.get(batch.next), failure);
        }
        batch.next++;
        next();
    }

    /** The call is over. */
    void close() {
        over = true;
        List<Batch> left = List.copyOf(batches);
        batches.clear();
        left.forEach(batch -> batch.order.fail(Kind.ABORTED, "the call is over"));
    }
}
