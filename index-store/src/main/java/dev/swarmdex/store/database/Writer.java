package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreObserver;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Mentioned;
import dev.swarmdex.store.state.Planner;
import dev.swarmdex.store.state.ReadModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits changes in groups: whatever arrived while one batch was being written is the next batch, so that the price of a
 * commit is shared by all who wait. It owns the only connection that writes, and belongs to one thread.
 *
 * <p>A batch goes: plan (against the read model, which equals the database), write rows, commit, make durable, apply to the
 * read model, answer. If the database refuses a row, the batch is rolled back and its halves are tried, until the change that
 * is to blame stands alone; it fails and all others pass. If a commit itself fails, nobody knows what the disk has: the
 * batch's changes fail, and before the next one the database is opened again and what it has is shown.
 */
final class Writer {

    private static final Duration BETWEEN_REPAIRS = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Database database;
    private final Servers servers;
    private final Retention retention;
    private final HistoryClock clock;
    private final ReadModel model;
    private final StoreObserver observer;
    private Handle handle;
    private @Nullable StoreException inDoubt;
    private long repairTriedAt = System.nanoTime() - BETWEEN_REPAIRS.toNanos();
    private volatile long nanosecondsPerItem = 10_000;

    /** A writer of an open database, which it now owns. It has read nothing yet. */
    Writer(Database database, Handle handle, StoreSettings settings, ReadModel model, StoreObserver observer) {
        this.database = database;
        this.clock = new HistoryClock(settings.clock());
        this.servers = database.servers(model, settings.clock());
        this.retention = new Retention(settings.historyRetention(), settings.clock(), servers);
        this.handle = handle;
        this.model = model;
        this.observer = observer;
    }

    /** Lets lookups ask the database until {@link #run} has loaded what is open. */
    void prepare() {
        servers.prepare(handle);
    }

    /** Whether this server keeps that session's lease. Any thread may ask. */
    boolean keeps(long session) {
        return servers.keeps(session);
    }

    /** Loads what is open into the read model, then commits what comes in until the inbox is closed and empty. */
    void run(Inbox inbox) {
        load();
        while (!inbox.isOver()) {
            tidy();
            var batch = inbox.take(database.batchSize(), patience());
            lookAtOthers();
            if (batch.isEmpty()) {
                continue;
            }
            long start = System.nanoTime();
            try {
                commit(batch);
            } catch (RuntimeException | Error e) {
                // a fault of this program: nobody knows what became of these changes, but their callers must know, and others go on
                LOG.error("a batch of {} changes failed", batch.size(), e);
                doubt(database.failures().writing(e), batch);
            }
            nanosecondsPerItem = (7 * nanosecondsPerItem + (System.nanoTime() - start) / items(batch)) / 8;
        }
    }

    private static int items(List<Submission<?>> batch) {
        return batch.stream().mapToInt(Submission::weight).sum();
    }

    /** About how long that many items take. */
    Duration timeFor(int items) {
        return Duration.ofNanos(nanosecondsPerItem * items);
    }

    /** Closes the database. */
    void close() {
        try {
            servers.leave(handle);
        } catch (JdbiException e) {
            LOG.warn("could not take leave of other index servers: {}", database.failures().writing(e).getMessage());
        }
        try {
            database.close(handle);
        } catch (StoreException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** As long as the database is in doubt, only its repair is due: what else is waited for can't be done, and stays due. */
    private Duration patience() {
        if (inDoubt != null) {
            return Duration.ofNanos(Math.max(0, untilRepair()));
        }
        return Collections.min(List.of(servers.patience(), retention.patience(), database.patience()));
    }

    private void tidy() {
        if (inDoubt != null) {
            return;
        }
        try {
            database.tidy(handle);
        } catch (StoreException e) {
            doubt(e, List.of());
        } catch (RuntimeException | Error e) {
            // a fault of this program, which must not end its only writer
            LOG.error("the room in the database could not be tidied", e);
            doubt(database.failures().writing(e), List.of());
        }
    }

    private void load() {
        long start = System.nanoTime();
        try {
            servers.load(handle);
            LOG.info("{} mappings are in memory after {} ms", model.mappings(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (StoreException e) {
            LOG.warn("{}", e.getMessage());
            inDoubt = e;
        } catch (RuntimeException | Error e) {
            LOG.error("what is open could not be loaded", e);
            doubt(database.failures().writing(e), List.of());
        }
    }

    private void lookAtOthers() {
        try {
            repair();
            servers.between(handle);
            if (retention.between(handle)) {
                database.harden(handle);
            }
        } catch (StoreException e) {
            doubt(e, List.of());
        } catch (JdbiException e) {
            doubt(database.failures().writing(e), List.of());
        } catch (RuntimeException | Error e) {
            // a fault of this program
            LOG.error("what other index servers wrote could not be shown", e);
            doubt(database.failures().writing(e), List.of());
        }
    }

    private void commit(List<Submission<?>> batch) {
        try {
            repair();
        } catch (StoreException e) {
            batch.forEach(submission -> submission.fail(e));
            return;
        }
        long start = System.nanoTime();
        Instant now;
        Servers.Turn turn;
        List<Effect> effects;
        List<Runnable> answers;
        try {
            database.begin(handle);
            turn = servers.begin(handle);
            now = clock.after(turn.latest());
            var changes = batch.stream().map(Submission::change).toList();
            var known = new KnownRows(handle, now).of(Mentioned.in(changes, model));
            var planner = new Planner(model, known, turn.numbers(), now, servers::keeps);
            answers = batch.stream().map(submission -> submission.plan(planner)).toList();
            effects = planner.effects();
            new EffectRows(handle, effects).write();
            servers.end(handle, effects, turn, now);
        } catch (JdbiException e) {
            undo(batch, e);
            return;
        }
        try {
            if (effects.isEmpty()) {
                handle.commit();
            } else {
                database.commit(handle, items(batch));
            }
        } catch (JdbiException e) {
            doubt(database.failures().writing(e), batch);
            return;
        }
        observer.committed(items(batch), Duration.ofNanos(System.nanoTime() - start));
        servers.committed(effects, turn, now);
        model.apply(effects);
        answers.forEach(Runnable::run);
    }

    private void undo(List<Submission<?>> batch, JdbiException failure) {
        StoreException plain = database.failures().writing(failure);
        try {
            handle.rollback();
        } catch (JdbiException e) {
            plain.addSuppressed(e);
            doubt(plain, batch);
            return;
        }
        if (!Failures.isOfTheChange(failure)) {
            doubt(plain, batch);
        } else if (batch.size() == 1) {
            LOG.warn("refused a {}: {}", batch.getFirst().change().getClass().getSimpleName(), plain.getMessage());
            batch.getFirst().fail(plain);
        } else {
            commit(batch.subList(0, batch.size() / 2));
            commit(batch.subList(batch.size() / 2, batch.size()));
        }
    }

    private void doubt(StoreException failure, List<Submission<?>> batch) {
        if (inDoubt == null) {
            LOG.error("{}; lookups go on", failure.getMessage());
            LOG.debug("what the database said", failure);
        }
        inDoubt = failure;
        batch.forEach(submission -> submission.fail(failure));
    }

    private long untilRepair() {
        return BETWEEN_REPAIRS.toNanos() - (System.nanoTime() - repairTriedAt);
    }

    /** Opens the database again if it is in doubt; throws what is wrong if that fails, or failed a moment ago. */
    private void repair() {
        if (inDoubt == null) {
            return;
        }
        if (untilRepair() > 0) {
            throw inDoubt;
        }
        repairTriedAt = System.nanoTime();
        try {
            handle = database.reopen(handle);
            servers.resume(handle);
        } catch (JdbiException | StoreException e) {
            inDoubt = database.failures().writing(e);
            throw inDoubt;
        }
        inDoubt = null;
        LOG.info("the index database is open again");
    }
}
