package dev.swarmdex.store.database;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Effect.MappingOpened;
import dev.swarmdex.store.state.Effect.SessionOpened;
import dev.swarmdex.store.state.Numbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Reads what a store starts from: the rows that are open, the numbers that are taken, and the last time in the history. */
final class OpenRows {

    private final Handle handle;

    OpenRows(Handle handle) {
        this.handle = handle;
    }

    /** Hands over everything that is open, as the effects that made it so. */
    void load(Consumer<Effect> into) {
        loadAfter(0, 0, into);
    }

    /** The same for the sessions and the mappings after these numbers. */
    void loadAfter(long session, long mapping, Consumer<Effect> into) {
        sessionsAfter(session).forEach(into);
        long last = mapping;
        for (var part = mappings(last); !part.isEmpty(); part = mappings(last)) {
            part.forEach(into);
            last = part.getLast().number();
        }
    }

    /** The sessions that are open. */
    List<SessionOpened> sessions() {
        return sessionsAfter(0);
    }

    private List<SessionOpened> sessionsAfter(long session) {
        Map<Long, List<Endpoint>> endpoints = endpoints(session);
        return handle.createQuery("""
                select s.number, s.peer, p.via, s.session_key, p.name, i.digest, s.host, s.since
                from session s
                join peer p on p.number = s.peer
                left join session_identity i on i.session = s.number
                where s.until is null and s.number > :after""")
                .bind("after", session)
                .map((row, _) -> session(row, endpoints.getOrDefault(row.getLong("number"), List.of())))
                .list();
    }

    /** The numbers that are given out already. */
    Numbers numbers() {
        return new Numbers(
                highest("content"), highest("peer"), highest("session"), highest("mapping"), highest("download"));
    }

    /**
     * The last time in the history. Since times never run backwards, the last row of a kind holds its latest beginning, and all
     * that is looked at is the end of an index.
     */
    Instant latest() {
        return handle.createQuery("""
                select max(moment) as latest from (
                    select max(until) as moment from mapping
                    union all select since from mapping where number = (select max(number) from mapping)
                    union all select max(until) from session
                    union all select since from session where number = (select max(number) from session)
                    union all select max(finished_at) from download) moments""")
                .map((row, _) -> Optional.ofNullable(Times.readOptional(row, "latest")))
                .one()
                .orElse(Instant.EPOCH);
    }

    /**
     * In parts, so that neither this program nor the database ever holds them all twice. Ordered by the whole index, though
     * {@code until} is null in all of them: or H2 sorts the rest of the table for each part.
     */
    private List<MappingOpened> mappings(long after) {
        return handle.createQuery("""
                select m.number, m.content, c.name, c.content_id, c.size, m.session, m.since
                from mapping m
                join content c on c.number = m.content
                where m.until is null and m.number > :after
                order by m.until, m.number
                fetch first 10000 rows only""")
                .bind("after", after)
                .map((row, _) -> mapping(row))
                .list();
    }

    private long highest(String table) {
        return handle.createQuery("select coalesce(max(number), 0) from <table>")
                .define("table", table)
                .mapTo(Long.class)
                .one();
    }

    private Map<Long, List<Endpoint>> endpoints(long after) {
        Map<Long, List<Endpoint>> bySession = new HashMap<>();
        handle.createQuery("""
                select e.session, e.scheme, e.host, e.port
                from endpoint e
                join session s on s.number = e.session
                where s.until is null and s.number > :after
                order by e.session, e.position""")
                .bind("after", after)
                .map((row, _) -> Map.entry(row.getLong("session"),
                        new Endpoint(row.getString("scheme"), row.getString("host"), row.getInt("port"))))
                .forEach(found -> bySession.computeIfAbsent(found.getKey(), _ -> new ArrayList<>(1))
                        .add(found.getValue()));
        return bySession;
    }

    private static SessionOpened session(ResultSet row, List<Endpoint> endpoints) throws SQLException {
        String digest = row.getString("digest");
        var presence = new Presence(row.getString("via"), row.getString("session_key"), row.getString("name"),
                digest == null ? Identity.NONE : new Identity(digest), row.getString("host"), endpoints);
        return new SessionOpened(row.getLong("number"), row.getLong("peer"), presence,
                Times.read(row, "since"));
    }

    private static MappingOpened mapping(ResultSet row) throws SQLException {
        var content = new Content(
                row.getString("name"), Optional.ofNullable(row.getString("content_id")), row.getLong("size"));
        return new MappingOpened(row.getLong("number"), row.getLong("content"), content,
                row.getLong("session"), Times.read(row, "since"));
    }
}
