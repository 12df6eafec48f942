package dev.swarmdex.store.database;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.History;
import dev.swarmdex.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/** Asks the database for what was. Each call has a connection of its own, so that none waits for another or for the writer. */
final class DatabaseHistory implements History {

    private static final String BY_NAME = "c.name";
    private static final String BY_ID = "c.content_id";

    private final Jdbi jdbi;

    DatabaseHistory(Database database) {
        jdbi = Jdbi.create(database::connectBeside);
    }

    @Override
    public Part<Entry> ofName(String name, long before, int limit) {
        return mappings(BY_NAME, name, before, limit);
    }

    @Override
    public Part<Entry> ofId(String contentId, long before, int limit) {
        return mappings(BY_ID, contentId, before, limit);
    }

    private Part<Entry> mappings(String column, String text, long before, int limit) {
        // in the order of the numbers; but by those alone, PostgreSQL would walk through all mappings to find a few
        return part(limit, Entry::number, handle -> query(handle, """
                select m.number, c.name, c.content_id, c.size, p.name as peer, p.via, s.host, m.since, m.until,
                       m.ended_by
                from mapping m
                join content c on c.number = m.content
                join session s on s.number = m.session
                join peer p on p.number = s.peer
                where %s = :text and m.number < :before
                order by m.since desc, m.number desc
                fetch first :limit rows only""".formatted(column))
                .bind("text", text).bind("before", before).bind("limit", limit + 1)
                .map((row, _) -> entry(row)).list());
    }

    @Override
    public Part<Visit> ofPeer(String peer, long before, int limit) {
        return part(limit, Visit::number, handle -> query(handle, """
                select s.number, p.via, s.host, s.since, s.until, s.ended_by,
                       (select count(*) from mapping m where m.session = s.number) as mappings
                from session s
                join peer p on p.number = s.peer
                where p.name = :peer and s.number < :before
                order by s.number desc
                fetch first :limit rows only""")
                .bind("peer", peer).bind("before", before).bind("limit", limit + 1)
                .map((row, _) -> visit(row)).list());
    }

    /**
     * By the numbers, which are given out one by one in the order of time: some twenty looks at the primary key for each moment
     * find the first that was given out since.
     */
    @Override
    public List<Long> openedBefore(List<Instant> moments) {
        if (moments.size() > MAX_LIMIT) {
            throw new IllegalArgumentException("at most " + MAX_LIMIT + " moments, not " + moments.size());
        }
        return asked(handle -> {
            long last = query(handle, "select coalesce(max(number), 0) from mapping").mapTo(Long.class).one();
            List<Long> counts = new ArrayList<>();
            long counted = 0;
            for (Instant moment : moments) {
                counted = openedBefore(handle, moment, counted, last);
                counts.add(counted);
            }
            return counts;
        });
    }

    /** How many of the numbers 1 to {@code most} were given out before the moment, which is at least {@code least} of them. */
    private static long openedBefore(Handle handle, Instant moment, long least, long most) {
        long low = least;
        long high = most;
        while (low < high) {
            long middle = low + (high - low) / 2 + 1;
            // the next one that is there: what ended long ago may have been forgotten
            boolean before = query(handle,
                    "select since from mapping where number >= :number order by number fetch first 1 row only")
                    .bind("number", middle).map((row, _) -> Times.read(row, "since").isBefore(moment)).findOne()
                    .orElse(false);
            low = before ? middle : low;
            high = before ? high : middle - 1;
        }
        return low;
    }

    private <E> Part<E> part(int limit, ToLongFunction<E> number, Function<Handle, List<E>> question) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " entries, not " + limit);
        }
        List<E> found = asked(question);
        boolean more = found.size() > limit;
        List<E> entries = more ? found.subList(0, limit) : found;
        return new Part<>(entries, more ? Optional.of(number.applyAsLong(entries.getLast())) : Optional.empty());
    }

    private <A> A asked(Function<Handle, A> question) {
        try {
            return jdbi.withHandle(question::apply);
        } catch (JdbiException e) {
            throw new StoreException("the history can't be read now, or took longer than " + MOST_SECONDS
                    + " s: ask for less, or ask again later", e);
        }
    }

    private static Query query(Handle handle, String sql) {
        return handle.createQuery(sql).setQueryTimeout(MOST_SECONDS);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Content content = new Content(row.getString("name"), Optional.ofNullable(row.getString("content_id")),
                row.getLong("size"));
        return new Entry(row.getLong("number"), content, row.getString("peer"), row.getString("via"),
                row.getString("host"), Times.read(row, "since"), until(row), endedBy(row));
    }

    private static Visit visit(ResultSet row) throws SQLException {
        return new Visit(row.getLong("number"), row.getString("via"), row.getString("host"),
                Times.read(row, "since"), until(row), endedBy(row), row.getLong("mappings"));
    }

    private static Optional<Instant> until(ResultSet row) throws SQLException {
        return Optional.ofNullable(Times.readOptional(row, "until"));
    }

    private static Optional<EndedBy> endedBy(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("ended_by"))
                .map(reason -> EndedBy.valueOf(reason.toUpperCase(Locale.ROOT)));
    }
}
