package dev.swarmdex.store.database;

import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Effect.SessionEnded;
import dev.swarmdex.store.state.Effect.SessionKept;
import dev.swarmdex.store.state.Effect.SessionOpened;
import dev.swarmdex.store.state.Numbers;
import dev.swarmdex.store.state.ReadModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that shares its database with others.
 *
 * <p>A batch locks the one row of {@code last_batch} until its commit, so that batches are committed one after the other, in
 * the order of their moments. The history itself is the log that the others read: rows with numbers above the last known
 * ones were opened since, and rows of known numbers whose {@code until} is after the last known moment ended since. What was
 * opened and ended meanwhile is nobody's business any more. Whoever was away until what ended has been deleted reads all anew. A batch reads that first, so it is planned against everything
 * that is committed; between batches it is read every {@value #PATIENCE_MILLISECONDS} ms.
 *
 * <p>Each open session has a keeper, the server that its peer talks to. Every server says in the database that it lives;
 * whoever finds another silent for {@link #SILENCE} adopts its sessions. That may be a mistake without harm: to expire a
 * session takes a batch, which knows who keeps it, and a peer's next sign of life takes it back.
 */
final class SeveralServers implements Servers {

    private static final int PATIENCE_MILLISECONDS = 50;
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(SeveralServers.class);

    private final ReadModel model;
    private final InstantSource clock;
    private final Function<Handle, Lookups> meanwhile;
    private final Set<Long> kept = ConcurrentHashMap.newKeySet();
    /** Zero until this server has announced itself to the others. */
    private long server;
    /** What the model shows: everything up to here. */
    private Instant moment = Instant.EPOCH;
    private long session;
    private long mapping;
    private long signedAt;

    /** What is shown once that batch is, and was not before. */
    private record News(ServerRows.LastBatch last, List<Effect> effects, Map<Long, Long> keepers) {}

    SeveralServers(ReadModel model, InstantSource clock, Function<Handle, Lookups> meanwhile) {
        this.model = model;
        this.meanwhile = meanwhile;
        this.clock = clock;
    }

    @Override
    public void prepare(Handle handle) {
        model.beginLoading(meanwhile.apply(handle));
        moment = Instant.EPOCH;
    }

    @Override
    public void load(Handle handle) {
        model.load(into -> {
            // ends before the model makes findable what it took in: the database would not wait that long for a transaction
            News all = handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ,
                    snapshot -> readAll(snapshot, into));
            kept.clear();
            note(all.keepers);
            shown(all.last.moment(), all.last.numbers());
        });
        between(handle);
    }

    private static News readAll(Handle snapshot, Consumer<Effect> into) {
        snapshot.execute("set local enable_hashjoin = on");
        snapshot.execute("set local enable_seqscan = on");
        var rows = new ServerRows(snapshot);
        var all = new News(rows.lastBatch(), List.of(), rows.keepersAfter(Instant.EPOCH));
        new OpenRows(snapshot).load(into);
        return all;
    }

    /** By what was committed since: among it, perhaps, the very batch whose fate was unknown. */
    @Override
    public void resume(Handle handle) {
        var last = new ServerRows(handle).lastBatch();
        boolean readable = isReadable(last);
        if (!readable) {
            LOG.warn("the index database is older than it was, or has deleted what was not read; reading it anew");
        }
        if (!readable || !model.isWhole()) {
            prepare(handle);
            load(handle);
        } else {
            catchUp(handle);
        }
    }

    @Override
    public Turn begin(Handle handle) {
        var rows = new ServerRows(handle);
        var last = rows.takeTurn();
        show(read(handle, last));
        if (!rows.isKnown(server)) {
            sign(rows);
        }
        return new Turn(last.numbers(), last.moment());
    }

    @Override
    public void end(Handle handle, List<Effect> effects, Turn turn, Instant now) {
        if (effects.isEmpty()) {
            return;
        }
        var rows = new ServerRows(handle);
        List<Long> begun = begun(effects);
        if (!begun.isEmpty()) {
            rows.keep(begun, server, now);
        }
        List<Long> ended = ended(effects);
        if (!ended.isEmpty()) {
            rows.end(ended);
        }
        rows.endTurn(turn.numbers(), now);
    }

    @Override
    public void committed(List<Effect> effects, Turn turn, Instant now) {
        if (!effects.isEmpty()) {
            kept.addAll(begun(effects));
            ended(effects).forEach(kept::remove);
            shown(now, turn.numbers());
        }
    }

    @Override
    public void between(Handle handle) {
        if (!new ServerRows(handle).lastBatch().moment().equals(moment)) {
            catchUp(handle);
        }
        if (signedAt == 0 || System.nanoTime() - signedAt > BETWEEN_SIGNS.toNanos()) {
            signedAt = System.nanoTime();
            var rows = new ServerRows(handle);
            sign(rows);
            if (!rows.gone(SILENCE, server).isEmpty()) {
                handle.useTransaction(this::adopt);
            }
        }
    }

    @Override
    public void forgot(Handle handle, Instant oldest) {
        new ServerRows(handle).forgot(oldest);
    }

    @Override
    public Duration patience() {
        return Duration.ofMillis(PATIENCE_MILLISECONDS);
    }

    @Override
    public void leave(Handle handle) {
        new ServerRows(handle).stopped(server);
    }

    @Override
    public boolean keeps(long number) {
        return kept.contains(number);
    }

    /** In one snapshot, so that no batch is seen in part. */
    private void catchUp(Handle handle) {
        show(handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ,
                snapshot -> read(snapshot, new ServerRows(snapshot).lastBatch())));
    }

    private void sign(ServerRows rows) {
        if (server == 0) {
            server = rows.add();
        } else {
            rows.seen(server);
        }
    }

    private void adopt(Handle handle) {
        var rows = new ServerRows(handle);
        var turn = begin(handle);
        List<Long> gone = rows.gone(SILENCE, server);
        if (gone.isEmpty()) {
            return; // another server was faster
        }
        Instant now = Times.after(turn.latest(), clock.instant());
        List<Long> adopted = rows.adopt(gone, server, now);
        rows.endTurn(turn.numbers(), now);
        // shown again if this is rolled back, with the same result
        LOG.info("adopted {} peers of {} index servers that are gone", adopted.size(), gone.size());
    }

    /** Reads what others committed between what is shown and the last batch. */
    private News read(Handle handle, ServerRows.LastBatch last) {
        if (last.moment().equals(moment)) {
            return new News(last, List.of(), Map.of());
        }
        if (!isReadable(last)) {
            throw new StoreException("the index database no longer has what was committed: it is read anew");
        }
        List<Effect> effects = new ArrayList<>();
        new EndedRows(handle, moment).load(session, mapping, effects::add);
        new OpenRows(handle).loadAfter(session, mapping, effects::add);
        return new News(last, effects, new ServerRows(handle).keepersAfter(moment));
    }

    /** Whether the database still has all that came after what is shown. */
    private boolean isReadable(ServerRows.LastBatch last) {
        return !last.moment().isBefore(moment) && !last.forgotten().isAfter(moment);
    }

    /** Asks the database nothing: if that failed half-way, the same would be applied again. */
    private void show(News news) {
        model.apply(news.effects);
        ended(news.effects).forEach(kept::remove);
        note(news.keepers);
        shown(news.last.moment(), news.last.numbers());
    }

    private void note(Map<Long, Long> keepers) {
        keepers.forEach((number, keeper) -> {
            if (keeper == server) {
                kept.add(number);
            } else {
                kept.remove(number);
            }
        });
    }

    private void shown(Instant until, Numbers numbers) {
        moment = until;
        session = numbers.session();
        mapping = numbers.mapping();
    }

    private static List<Long> begun(List<Effect> effects) {
        return effects.stream().<Long>mapMulti((effect, numbers) -> {
            switch (effect) {
                case SessionOpened opened -> numbers.accept(opened.number());
                case SessionKept kept -> numbers.accept(kept.number());
                default -> {
                    // has no keeper
                }
            }
        }).distinct().toList();
    }

    private static List<Long> ended(List<Effect> effects) {
        return effects.stream().filter(SessionEnded.class::isInstance)
                .map(effect -> ((SessionEnded) effect).number()).toList();
    }
}
