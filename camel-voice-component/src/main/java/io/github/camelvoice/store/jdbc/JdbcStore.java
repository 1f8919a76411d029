package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.StoredCallback;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.CallbackKey;
import io.github.camelvoice.store.PageKey;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.LogEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Calls in H2 or PostgreSQL: see {@link JdbcStores}. The tables are made, or brought up to date, when the database is first reached; it need not be
 * there before. What {@link #apply} has taken survives the end of the process, and on H2 that of the machine.
 */
public final class JdbcStore implements CallStore {

    /** Calls that a page of a filtered list looks at. */
    private static final int MOST_LOOKED_AT = 20_000;
    private static final int ATTEMPTS = 5;
    private static final String WRITING = "calls could not be stored";
    private static final String READING = "calls could not be read";
    private static final String READING_SUBSCRIPTIONS = "subscriptions could not be read";

    private static final String READING_USERS = "users could not be read";
    private static final String WRITING_USERS = "users could not be changed";

    private final Database database;
    private final Runnable closing;
    private final int mostLookedAt;
    private final Map<String, Source> sources = new ConcurrentHashMap<>();

    /** The side of a source that writes. */
    private static final class Source {
        /** Null where it has to be read again; guarded by this. */
        private SourceState state;
    }

    JdbcStore(DataSource dataSource, Runnable closing) {
        this(dataSource, closing, MOST_LOOKED_AT);
    }

    JdbcStore(DataSource dataSource, Runnable closing, int mostLookedAt) {
        this.database = new Database(dataSource);
        this.closing = closing;
        this.mostLookedAt = mostLookedAt;
    }

    /**
     * Reaches the database and sees to its tables now; else that comes with the first use.
     *
     * @throws StoreException           if that cannot be now: it is tried again with each use
     * @throws IllegalArgumentException if it is neither H2 nor PostgreSQL
     */
    public void prepare() throws StoreException {
        database.prepare();
    }

    @Override
    public void apply(String source, long position, List<? extends LogEntry> entries) throws StoreException {
        Source writer = sources.computeIfAbsent(source, name -> new Source());
        synchronized (writer) {
            SourceState before = writer.state;
            writer.state = null;
            SourceState after = null;
            if (before != null) {
                after = attempt(before, position, entries);
            }
            if (after == null) {
                after = again(source, position, entries);
            }
            database.force(WRITING);
            writer.state = after;
        }
    }

    /** Trusts what we remember. @return null if that was not what is there */
    private SourceState attempt(SourceState state, long position, List<? extends LogEntry> entries) throws StoreException {
        return database.write(WRITING, connection -> unlessStale(connection, () -> {
            write(connection, state, new Remembered(state), position, entries);
            return state;
        }));
    }

    /** Looks up everything first. */
    private SourceState again(String source, long position, List<? extends LogEntry> entries) throws StoreException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SourceState done = database.write(WRITING, connection -> unlessStale(connection, () -> {
                SourceState state = SourceState.load(connection, source);
                write(connection, state, new StoredCalls(connection, state.id, entries), position, entries);
                return state;
            }));
            if (done != null) {
                return done;
            }
        }
        return database.write(WRITING, connection -> {
            SourceState state = SourceState.load(connection, source);
            write(connection, state, new StoredCalls(connection, state.id, entries), position, entries);
            return state;
        });
    }

    private void write(Connection connection, SourceState state, BatchPlan.Present present, long position, List<? extends LogEntry> entries)
            throws SQLException {
        // A batch whose answer was lost comes again.
        if (position == state.position && !entries.isEmpty()) {
            return;
        }
        BatchWriter writer = new BatchWriter(connection, database.dialect(), state, present);
        writer.write(position, entries);
        connection.commit();
        writer.committed(position);
    }

    /** Part of a transaction. */
    private interface Part<T> {
        T run() throws SQLException, StoreException;
    }

    /** @return null if what we remember was not what is there: nothing was written then */
    private static <T> T unlessStale(Connection connection, Part<T> part) throws SQLException, StoreException {
        try {
            return part.run();
        } catch (SQLException failure) {
            if (!Failures.isStale(failure)) {
                throw failure;
            }
            connection.rollback();
            return null;
        }
    }

    private record Remembered(SourceState state) implements BatchPlan.Present {

        @Override
        public BatchPlan.Known call(String callId) {
            Long id = state.live.get(callId);
            return id == null ? null : new BatchPlan.Known(id, false);
        }

        @Override
        public boolean hasId(long id) {
            return false;
        }

        @Override
        public int tried(long number) {
            return -1;
        }
    }

    /** Reads something of a source. */
    private interface OfSource<T> {
        T read(Connection connection, SourceState state) throws SQLException;
    }

    private <T> T ofSource(String source, T unknown, OfSource<T> work) throws StoreException {
        return database.read(READING, connection -> {
            SourceState state = SourceState.find(connection, source);
            return state == null ? unknown : work.read(connection, state);
        });
    }

    @Override
    public long position(String source) throws StoreException {
        return ofSource(source, 0L, (connection, state) -> state.position);
    }

    @Override
    public List<LiveTrace> live(String source) throws StoreException {
        return ofSource(source, List.of(), (connection, state) -> new CallReader(connection).live(state.id));
    }

    @Override
    public Optional<CallRecord> find(String project, String id) throws StoreException {
        return database.read(READING, connection -> Optional.ofNullable(new CallReader(connection).find(project, id)).map(CallReader.Found::call));
    }

    @Override
    public Optional<SipInfo> read(String project, String id) throws StoreException {
        return database.read(READING, connection -> {
            CallReader reader = new CallReader(connection);
            CallReader.Found found = reader.find(project, id);
            return found == null ? Optional.empty() : Optional.of(reader.withMessages(found));
        });
    }

    @Override
    public List<CallRecord> children(String project, String callId, int most) throws StoreException {
        return database.read(READING, connection -> new CallReader(connection).children(Keys.kept(project), Keys.kept(callId), most));
    }

    /** Newest first; a page of a filtered list can have fewer calls than asked for, even none, and yet a token with which to go on. */
    @Override
    public CallPage list(CallQuery query) throws StoreException {
        PageKey.checkLimit(query);
        PageKey from = PageKey.of(query);
        return database.read(READING, connection -> new CallLister(connection, database.dialect(), query, mostLookedAt).page(from));
    }

    @Override
    public List<NumberedCall> endedAfter(String source, long after, int most) throws StoreException {
        return ofSource(source, List.of(), (connection, state) -> new CallReader(connection).endedAfter(state.id, Math.max(0, after), most));
    }

    @Override
    public long lastEnded(String source) throws StoreException {
        return ofSource(source, 0L, (connection, state) -> state.ended);
    }

    @Override
    public OptionalLong cursor(String source, String consumer) throws StoreException {
        return ofSource(source, OptionalLong.empty(), (connection, state) -> Cursors.read(connection, state.id, consumer));
    }

    @Override
    public void moveCursor(String source, String consumer, long number) throws StoreException {
        patient("the progress of a consumer could not be noted", connection -> {
            Cursors.move(connection, SourceState.known(connection, source).id, consumer, number);
            return true;
        });
    }

    /** A transaction that is tried again where somebody else was quicker. */
    private <T> T patient(String doing, Database.Work<T> work) throws StoreException {
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt == ATTEMPTS;
            T done = database.write(doing, connection -> last ? work.on(connection) : unlessStale(connection, () -> work.on(connection)));
            if (done != null) {
                return done;
            }
        }
    }

    @Override
    public List<StoredCallback> waitingCallbacks(String source, String receiver, long after, long below, int most) throws StoreException {
        return ofSource(source, List.of(), (connection, state) -> new CallbackReader(connection).waiting(state.id, receiver, after, below, most));
    }

    @Override
    public Optional<Found> callback(String id) throws StoreException {
        return database.read("a callback could not be read", connection -> new CallbackReader(connection).find(id));
    }

    @Override
    public CallbackPage callbacks(CallbackQuery query) throws StoreException {
        CallbackKey from = CallbackKey.of(query);
        return database.read("callbacks could not be read", connection -> new CallbackReader(connection).page(query, from));
    }

    @Override
    public List<Row> takeUp(String source, int partition, boolean takeOver) throws StoreException {
        return patient("subscriptions could not be taken up", connection -> {
            int id = SourceState.known(connection, source).id;
            SubscriptionReader reader = new SubscriptionReader(connection);
            if (takeOver) {
                reader.takeOver(id, partition);
            }
            return reader.ofPartition(id, partition);
        });
    }

    @Override
    public Optional<Row> subscription(String id) throws StoreException {
        return database.read(READING_SUBSCRIPTIONS, connection -> new SubscriptionReader(connection).find(Keys.of(id)));
    }

    @Override
    public List<Row> subscriptions(String account, int most) throws StoreException {
        return database.read(READING_SUBSCRIPTIONS, connection -> new SubscriptionReader(connection).list(account, most));
    }

    @Override
    public List<Errand> errands(int most) throws StoreException {
        return database.read(READING_SUBSCRIPTIONS, connection -> new SubscriptionReader(connection).errands(most));
    }

    @Override
    public Map<Integer, Long> beat(String source) throws StoreException {
        return patient("the store could not be told that this node is alive",
                connection -> NodeBeats.beat(connection, SourceState.known(connection, source).id));
    }

    @Override
    public Set<Integer> partitionsOfOthers(String source) throws StoreException {
        return ofSource(source, Set.of(), (connection, state) -> new SubscriptionReader(connection).partitionsOfOthers(state.id));
    }

    @Override
    public List<AccountRow> accounts(String source) throws StoreException {
        return ofSource(source, List.of(), (connection, state) -> new SessionReader(connection).accounts(state.id));
    }

    @Override
    public List<byte[]> statuses(String source, String account, long after, int most) throws StoreException {
        return ofSource(source, List.of(), (connection, state) -> new SessionReader(connection).statuses(state.id, account, after, most));
    }

    @Override
    public long usersVersion() throws StoreException {
        return database.read(READING_USERS, connection -> new UserTable(connection).version());
    }

    @Override
    public List<StoredUser> users() throws StoreException {
        return database.read(READING_USERS, connection -> new UserTable(connection).all());
    }

    @Override
    public void putUser(StoredUser user) throws StoreException {
        database.write(WRITING_USERS, connection -> {
            new UserTable(connection).put(user);
            return null;
        });
        database.force(WRITING_USERS);
    }

    @Override
    public boolean removeUser(String name) throws StoreException {
        boolean removed = database.write(WRITING_USERS, connection -> new UserTable(connection).remove(name));
        database.force(WRITING_USERS);
        return removed;
    }

    @Override
    public int purge(Instant createdBefore, int most) throws StoreException {
        return database.write("old calls could not be deleted", connection -> new Purge(connection).run(createdBefore, most));
    }

    /** Closes the pool if the store has one of its own; a data source that was given stays open. */
    @Override
    public void close() {
        closing.run();
    }
}
