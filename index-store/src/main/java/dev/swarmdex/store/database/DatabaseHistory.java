package dev.swarmdex.store.database;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.History;
import dev.swarmdex.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Asks the database for what was. Each call has a connection of its own, so that none waits for another or for the writer. */
final class DatabaseHistory implements History {

    private static final String BY_NAME = "c.name";
    private static final String BY_ID = "c.content_id";

    private final Jdbi jdbi;

    DatabaseHistory(Database database) {
        jdbi = Jdbi.create(database::connectBeside);
    }

    @Override
    public Part ofName(String name, long before, int limit) {
        return part(BY_NAME, name, before, limit);
    }

    @Override
    public Part ofId(String contentId, long before, int limit) {
        return part(BY_ID, contentId, before, limit);
    }

    private Part part(String column, String text, long before, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " entries, not " + limit);
        }
        try {
            // in the order of the numbers; but by those alone, PostgreSQL would walk through all mappings to find a few
            List<Entry> found = jdbi.withHandle(handle -> handle.createQuery("""
                    select m.number, c.name, c.content_id, c.size, p.name as peer, p.via, s.host, m.since, m.until,
                           m.ended_by
                    from mapping m
                    join content c on c.number = m.content
                    join session s on s.number = m.session
                    join peer p on p.number = s.peer
                    where %s = :text and m.number < :before
                    order by m.since desc, m.number desc
                    fetch first :limit rows only""".formatted(column))
                    .setQueryTimeout(MOST_SECONDS)
                    .bind("text", text).bind("before", before).bind("limit", limit + 1)
                    .map((row, _) -> entry(row)).list());
            boolean more = found.size() > limit;
            List<Entry> entries = more ? found.subList(0, limit) : found;
            return new Part(entries, more ? Optional.of(entries.getLast().number()) : Optional.empty());
        } catch (JdbiException e) {
            throw new StoreException("the history can't be read now, or took longer than " + MOST_SECONDS
                    + " s: ask for less, or ask again later", e);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Content content = new Content(row.getString("name"), Optional.ofNullable(row.getString("content_id")),
                row.getLong("size"));
        return new Entry(row.getLong("number"), content, row.getString("peer"), row.getString("via"),
                row.getString("host"), Times.read(row, "since"), Optional.ofNullable(Times.readOptional(row, "until")),
                Optional.ofNullable(row.getString("ended_by"))
                        .map(reason -> EndedBy.valueOf(reason.toUpperCase(Locale.ROOT))));
    }
}
