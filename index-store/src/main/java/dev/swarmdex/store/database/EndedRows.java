package dev.swarmdex.store.database;

import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Effect.MappingEnded;
import dev.swarmdex.store.state.Effect.SessionEnded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Reads what ended of what was open at a moment. */
final class EndedRows {

    private final Handle handle;
    private final Instant moment;

    EndedRows(Handle handle, Instant moment) {
        this.handle = handle;
        this.moment = moment;
    }

    /**
     * Hands over the ends of the sessions and mappings up to these numbers, which were the last ones at that moment; those of
     * mappings only if their session goes on.
     */
    void load(long session, long mapping, Consumer<Effect> into) {
        handle.createQuery("""
                select m.number, c.name, m.session, m.until, m.ended_by
                from mapping m
                join content c on c.number = m.content
                join session s on s.number = m.session
                where m.until > :moment and m.number <= :last and s.until is null""")
                .bind("moment", Times.bind(moment)).bind("last", mapping)
                .map((row, _) -> new MappingEnded(row.getLong("number"), row.getString("name"), row.getLong("session"),
                        Times.read(row, "until"), reason(row)))
                .forEach(into);
        handle.createQuery("select number, until, ended_by from session where until > :moment and number <= :last")
                .bind("moment", Times.bind(moment)).bind("last", session)
                .map((row, _) -> new SessionEnded(row.getLong("number"), Times.read(row, "until"), reason(row)))
                .forEach(into);
    }

    private static EndedBy reason(ResultSet row) throws SQLException {
        return EndedBy.valueOf(row.getString("ended_by").toUpperCase(Locale.ROOT));
    }
}
