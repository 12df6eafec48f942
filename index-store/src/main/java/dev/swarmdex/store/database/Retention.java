package dev.swarmdex.store.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what ended longer ago than history is kept: mappings, downloads, sessions without mappings, members of swarms, and
 * contents and swarms that nothing refers to any more. Belongs to the writer, which calls it between batches: a small
 * part at a time, so that no registration waits for it. The last row of each kind stays, since numbers go on after it.
 */
final class Retention {

    static final int PART = 100;
    private static final Duration BETWEEN_PARTS = Duration.ofMillis(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    // H2 has the rows without an end first in an index: without a lower bound it would read all that is open, and with the
    // last number as an upper bound of the others it would read the whole table

    static final String IS_ANY_DUE = """
            select exists (select 1 from mapping where until >= :first and until < :oldest)
            or exists (select 1 from download where finished_at >= :first and finished_at < :oldest)
            or exists (select 1 from session where until >= :first and until < :oldest)
            or exists (select 1 from swarm_member where until >= :first and until < :oldest)""";

    static final String MAPPINGS = """
            select number, content from mapping
            where until >= :first and until < :oldest and number <> :last
            order by until, number fetch first <part> rows only""";

    static final String DOWNLOADS = """
            select number, content from download
            where finished_at >= :first and finished_at < :oldest and number <> :last
            order by finished_at fetch first <part> rows only""";

    static final String SESSIONS = """
            select number from session s
            where until >= :first and until < :oldest and number <> :last
            and not exists (select 1 from mapping m where m.session = s.number)
            order by until fetch first <part> rows only""";

    static final String MEMBERS = """
            select number, swarm from swarm_member
            where until >= :first and until < :oldest
            order by until, number fetch first <part> rows only""";

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
        if (!isAnyDue(handle, oldest)) {
            return false;
        }
        servers.begin(handle); // no other server may be about to use what is deleted
        int mappings = mappings(handle, oldest);
        int downloads = downloads(handle, oldest);
        // while mappings are left, so may be all sessions, and each would be asked for its own
        int sessions = mappings < PART ? sessions(handle, oldest) : 0;
        int members = members(handle, oldest);
        servers.forgot(handle, oldest);
        LOG.debug("deleted {} mappings, {} downloads, {} sessions and {} members of swarms from the history", mappings,
                downloads, sessions, members);
        return mappings == PART || downloads == PART || sessions == PART || members == PART;
    }

    private static boolean isAnyDue(Handle handle, Instant oldest) {
        return ask(handle, IS_ANY_DUE, oldest).mapTo(Boolean.class).one();
    }

    private static int mappings(Handle handle, Instant oldest) {
        List<Row> due = ask(handle, MAPPINGS, oldest).bind("last", last(handle, "mapping"))
                .map((row, _) -> new Row(row.getLong("number"), row.getLong("content"))).list();
        delete(handle, "mapping", "number", due.stream().map(Row::number).toList());
        contents(handle, due.stream().map(Row::group).distinct().toList());
        return due.size();
    }

    private static int downloads(Handle handle, Instant oldest) {
        List<Row> due = ask(handle, DOWNLOADS, oldest).bind("last", last(handle, "download"))
                .map((row, _) -> new Row(row.getLong("number"), row.getLong("content"))).list();
        delete(handle, "download", "number", due.stream().map(Row::number).toList());
        contents(handle, due.stream().map(Row::group).distinct().toList());
        return due.size();
    }

    private static int sessions(Handle handle, Instant oldest) {
        List<Long> due = ask(handle, SESSIONS, oldest).bind("last", last(handle, "session")).mapTo(Long.class).list();
        delete(handle, "endpoint", "session", due);
        delete(handle, "session_identity", "session", due);
        delete(handle, "session", "number", due);
        return due.size();
    }

    private static int members(Handle handle, Instant oldest) {
        List<Row> due = ask(handle, MEMBERS, oldest)
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

    private static Query ask(Handle handle, String sql, Instant oldest) {
        return handle.createQuery(sql).define("part", PART).bind("first", Times.bind(Instant.EPOCH))
                .bind("oldest", Times.bind(oldest));
    }

    /** The number of a table's last row; zero, which no row has, where there is none. */
    private static long last(Handle handle, String table) {
        return handle.createQuery("select coalesce(max(number), 0) from <table>").define("table", table)
                .mapTo(Long.class).one();
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
