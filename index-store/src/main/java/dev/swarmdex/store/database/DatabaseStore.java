package dev.swarmdex.store.database;

import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.History;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreObserver;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.SwarmChange;
import dev.swarmdex.store.names.NameIndex;
import dev.swarmdex.store.state.ReadModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index in a SQL database, with its open part in memory. Its one thread writes; all its methods may be called by any.
 */
public final class DatabaseStore implements IndexStore {

    /** How many items may wait for their commit: about a second's work. */
    private static final int MOST_WAITING = 65_536;
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStore.class);

    private final Database database;
    private final Inbox inbox = new Inbox(MOST_WAITING);
    private final NameIndex names;
    private final ReadModel model;
    private final Writer writer;
    private final History history;
    private final StoreObserver observer;
    private final Thread thread;

    private DatabaseStore(Database database, NameIndex names, ReadModel model, Writer writer, StoreObserver observer) {
        this.database = database;
        this.names = names;
        this.model = model;
        this.writer = writer;
        this.history = new DatabaseHistory(database);
        this.observer = observer;
        this.thread = Thread.ofPlatform().name("index-store-writer").daemon().unstarted(this::write);
    }

    /** Opens the database with nobody watching it. */
    public static IndexStore open(StoreSettings settings) {
        return open(settings, StoreObserver.NONE);
    }

    /**
     * Opens the database that the settings name, and makes it if there is none. Everything that was open in it is shown again at
     * once, and changed as soon as it is in memory.
     * Throws a {@link StoreException} whose one line names the cure.
     */
    public static IndexStore open(StoreSettings settings, StoreObserver observer) {
        var database = Database.of(settings);
        Handle handle = database.open();
        NameIndex names = database.names();
        var model = new ReadModel(names);
        var writer = new Writer(database, handle, settings, model, observer);
        try {
            writer.prepare();
        } catch (JdbiException | IllegalArgumentException | StoreException e) {
            names.close();
            handle.close();
            throw database.failures().opening(e);
        }
        var store = new DatabaseStore(database, names, model, writer, observer);
        store.thread.start();
        return store;
    }

    /**
     * Another connection, with the owner's rights, to the database of a store that is open in this process. The caller closes it
     * before the store.
     */
    public static Connection connectBeside(StoreSettings settings) {
        return Database.of(settings).connectBeside();
    }

    /** Whether the settings name a file that this program keeps itself, and not a database of a server. */
    public static boolean isEmbedded(StoreSettings settings) {
        return !PostgresDatabase.isMeantBy(settings.url());
    }

    /** A file with that ending beside the database's own; nothing where the database is a server's. */
    public static Optional<Path> fileBeside(StoreSettings settings, String ending) {
        if (!isEmbedded(settings)) {
            return Optional.empty();
        }
        Path base = H2File.of(settings.url()).base();
        return Optional.of(base.resolveSibling(base.getFileName() + ending));
    }

    @Override
    public <R> CompletableFuture<R> submit(Change<R> change) {
        var submission = new Submission<>(change);
        switch (inbox.offer(submission)) {
            case ACCEPTED -> {
                // the writer answers
            }
            case FULL -> {
                observer.refused(submission.weight());
                submission.fail(new BusyException(retryAfter()));
            }
            case CLOSED -> submission.fail(new StoreException("the index is closed: start the server again"));
        }
        return submission.answer();
    }

    @Override
    public Lookups lookups() {
        return model;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public int mappings() {
        return model.shown();
    }

    @Override
    public int waiting() {
        return inbox.items();
    }

    @Override
    public boolean keeps(long session) {
        return writer.keeps(session);
    }

    @Override
    public void visitSwarms(SwarmChange.Visitor visitor) {
        try {
            Jdbi.create(database::connectBeside).useHandle(handle -> new SwarmRows(handle).visit(visitor));
        } catch (JdbiException e) {
            throw database.failures().opening(e);
        }
    }

    /** The writer's thread closes what it writes to, so that this happens even after the last caller has ceased to wait. */
    private void write() {
        try {
            writer.run(inbox);
        } finally {
            names.close();
            writer.close();
        }
    }

    @Override
    public void close() {
        inbox.close();
        model.stopLoading();
        if (!Uninterrupted.join(thread, LONGEST_CLOSE)) {
            LOG.error("the index database hangs; closing without it");
        }
    }

    private Duration retryAfter() {
        Duration time = writer.timeFor(inbox.items());
        if (time.compareTo(SHORTEST_RETRY) < 0) {
            return SHORTEST_RETRY;
        }
        return time.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : time;
    }
}
