package dev.swarmdex.store.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what ended longer ago than history is kept: mappings, downloads, sessions without mappings, members of swarms, and
 * contents and swarms that nothing tells of any more. Belongs to the writer, which calls it between batches: a small part at a time, so that no
 * registration waits for it. The last row of each kind stays, since numbers go on after it.
 */
final class Retention {

    static final int PART = 500;
    private static final Duration BETWEEN_PARTS = Duration.ofMillis(100);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Duration kept;
    private final InstantSource clock;
    private final Servers servers;
    private long next = System.nanoTime();

    Retention(Duration kept, InstantSource clock, Servers servers) {
        this.kept = kept;
        this.clock = clock;
        this.servers = servers;
    }

    /** How long the writer may wait before it looks here again. */
    Duration patience() {
        return Duration.ofNanos(Math.max(0, next - System.nanoTime()));
    }

    /** Deletes a part of what is due, if it is time to; whether it may have, which is to be hardened. */
    boolean between(Handle handle) {
        if (next - System.nanoTime() > 0) {
            return false;
        }
        boolean more = false;
        try {
            Instant oldest = clock.instant().minus(kept);
            more = handle.inTransaction(transaction -> delete(transaction, oldest));
        } catch (JdbiException e) {
            LOG.warn("old history could not be deleted; trying again in a minute", e);
        }
        next = System.nanoTime() + (more ? BETWEEN_PARTS : BETWEEN_LOOKS).toNanos();
        return true;
    }

    /** Whether there may be more. */
    private boolean delete(Handle handle, Instant oldest) {
        if (!isDue(handle, oldest)) {
            return false;
        }
        servers.begin(handle); // no other server may be about to use what is deleted
        int mappings = mappings(handle, oldest);
        int downloads = downloads(handle, oldest);
        int sessions = sessions(handle, oldest);
        int members = members(handle, oldest);
        LOG.debug("deleted {} mappings, {} downloads, {} sessions and {} members of swarms from the history", mappings,
                downloads, sessions, members);
        return mappings == PART || downloads == PART || sessions == PART || members == PART;
    }

    private static boolean isDue(Handle handle, Instant oldest) {
        return handle.createQuery("""
                select count(*) from (
                    select 1 from mapping where until < :oldest
                    union all select 1 from download where finished_at < :oldest
                    union all select 1 from session where until < :oldest
                    union all select 1 from swarm_member where until < :oldest
                    fetch first 1 rows only) due""")
                .bind("oldest", Times.bind(oldest)).mapTo(Integer.class).one() > 0;
    }

    private static int mappings(Handle handle, Instant oldest) {
        List<Row> due = handle.createQuery("""
                select number, content from mapping
                where until < :oldest and number < (select max(number) from mapping)
                order by until, number fetch first <part> rows only""")
                .define("part", PART).bind("oldest", Times.bind(oldest))
                .map((row, _) -> new Row(row.getLong("number"), row.getLong("content"))).list();
        delete(handle, "mapping", "number", due.stream().map(Row::number).toList());
        contents(handle, due.stream().map(Row::group).distinct().toList());
        return due.size();
    }

    private static int downloads(Handle handle, Instant oldest) {
        List<Row> due = handle.createQuery("""
                select number, content from download
                where finished_at < :oldest and number < (select max(number) from download)
                order by finished_at fetch first <part> rows only""")
                .define("part", PART).bind("oldest", Times.bind(oldest))
                .map((row, _) -> new Row(row.getLong("number"), row.getLong("content"))).list();
        delete(handle, "download", "number", due.stream().map(Row::number).toList());
        contents(handle, due.stream().map(Row::group).distinct().toList());
        return due.size();
    }

    private static int sessions(Handle handle, Instant oldest) {
        List<Long> due = handle.createQuery("""
                select number from session s
                where until < :oldest and number < (select max(number) from session)
                and not exists (select 1 from mapping m where m.session = s.number)
                order by until fetch first <part> rows only""")
                .define("part", PART).bind("oldest", Times.bind(oldest)).mapTo(Long.class).list();
        delete(handle, "endpoint", "session", due);
        delete(handle, "session_identity", "session", due);
        delete(handle, "session", "number", due);
        return due.size();
    }

    private static int members(Handle handle, Instant oldest) {
        List<Row> due = handle.createQuery("""
                select number, swarm from swarm_member where until < :oldest
                order by until, number fetch first <part> rows only""")
                .define("part", PART).bind("oldest", Times.bind(oldest))
                .map((row, _) -> new Row(row.getLong("number"), row.getLong("swarm"))).list();
        delete(handle, "swarm_member", "number", due.stream().map(Row::number).toList());
        List<Long> swarms = due.stream().map(Row::group).distinct().toList();
        if (!swarms.isEmpty()) {
            delete(handle, "swarm", "number", handle.createQuery("""
                    select w.number from unnest(:numbers) as w (number)
                    where not exists (select 1 from swarm_member m where m.swarm = w.number)""")
                    .bindArray("numbers", Long.class, swarms).mapTo(Long.class).list());
        }
        return due.size();
    }

    private static void contents(Handle handle, List<Long> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        List<Long> unused = handle.createQuery("""
                select w.number from unnest(:numbers) as w (number)
                where not exists (select 1 from mapping m where m.content = w.number)
                and not exists (select 1 from download d where d.content = w.number)
                and w.number < (select max(number) from content)""")
                .bindArray("numbers", Long.class, numbers).mapTo(Long.class).list();
        delete(handle, "content", "number", unused);
    }

    private static void delete(Handle handle, String table, String column, List<Long> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        try (var batch = handle.prepareBatch("delete from <table> where <column> = :number")) {
            batch.define("table", table).define("column", column);
            numbers.forEach(number -> batch.bind("number", number).add());
            batch.execute();
        }
    }

    private record Row(long number, long group) {}
}
