package io.github.camelvoice.engine;

import io.github.camelvoice.call.CallRegistry;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.spi.OwnAccounts;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.media.wav.WavReader;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.Registrations;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.session.LiveSessions;
import io.github.camelvoice.session.SessionServices;
import io.github.camelvoice.session.SessionSettings;
import io.github.camelvoice.store.CallArchive;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires our accounts at other servers as phones. Thread-safe; starts once and closes once. */
final class SessionRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRoom.class);
    private static final int CHECKERS = 2;
    private static final long READ_LIMIT_SECONDS = 2;

    /** Waits for the store and for files. */
    private final ExecutorService waiting = Executors.newFixedThreadPool(CHECKERS, Threads.named("sessions"));
    private final LiveSessions sessions;

    SessionRoom(SessionSettings settings, CallArchive archive, CallRegistry calls, Registrations registrations, EngineClock clock, Timers timers,
                Executor mailboxes) {
        calls.accounts(accounts(registrations));
        sessions = new LiveSessions(new SessionServices(calls, registrations, archive.sessions(), SessionRoom::check, clock, timers,
                mailboxes, waiting, new SecureRandom()), settings);
    }

    private static OwnAccounts accounts(Registrations registrations) {
        return requestUri -> registrations.called(requestUri.user()).map(SessionRoom::party).orElse(null);
    }

    private static Party party(Account account) {
        int at = account.name().lastIndexOf('@');
        String server = account.name().substring(at + 1);
        return new Party("sip:" + account.name(), account.name().substring(0, at), server.replaceFirst(":[0-9]+$", ""),
                account.displayName() == null ? "" : account.displayName());
    }

    /** Reads it as it would be played. */
    private static long check(PlaySource file, long most) throws IOException {
        try (Counted stream = new Counted(file.opener().open()); WavReader reader = new WavReader(stream)) {
            short[] some = new short[4096];
            long samples = 0;
            int got = 0;
            while (stream.bytes <= most && (got = reader.read(some, 0, some.length)) > 0) {
                samples += got;
            }
            if (samples == 0) {
                throw new IOException("there is no audio in it");
            }
            if (got < 0) {
                reader.mustBeWhole(samples);
            }
            return stream.bytes;
        }
    }

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {

        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int got = super.read(into, from, most);
            bytes += Math.max(got, 0);
            return got;
        }
    }

    void start() {
        sessions.start();
    }

    LiveSessions sessions() {
        return sessions;
    }

    /** An embedded database does not survive that one of its readers is interrupted: whoever reads is waited for. */
    @Override
    public void close() {
        sessions.close();
        waiting.shutdown();
        try {
            if (!waiting.awaitTermination(READ_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the store of sessions is still being read");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
