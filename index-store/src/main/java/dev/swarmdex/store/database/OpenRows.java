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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import static java.util.Objects.requireNonNull;

/** Reads what a store starts from: the rows that are open, the numbers that are taken, and the last time in the history. */
final class OpenRows {

    /** How many mappings are read at once. */
    private static final int PART = 10_000;
    /** How far apart the numbers of contents may be on average that are read as a range. */
    private static final long MOST_APART = 4;

    private final Handle handle;

    private record OpenMapping(long number, long content, long session, Instant since) {}

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
        List<MappingOpened> part = mappings(mapping);
        if (part.size() < PART) {
            part.forEach(into);
        } else {
            loadMappings(part, into);
        }
    }

    /** Reads each part in a thread of its own while the one before it is taken in: that is half of the work each. */
    private void loadMappings(List<MappingOpened> first, Consumer<Effect> into) {
        try (var reader = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("index-store-reader").factory())) {
            for (List<MappingOpened> part = first; !part.isEmpty();) {
                long last = part.getLast().number();
                var next = CompletableFuture.supplyAsync(() -> mappings(last), reader);
                part.forEach(into);
                part = next.join();
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
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

    /** The same of those that take part in swarms, which are not mappings in memory. */
    Instant latestOfSwarms() {
        return handle.createQuery(
                """
                        select max(moment) as latest from (
                            select max(until) as moment from swarm_member
                            union all select since from swarm_member where number = (select max(number) from swarm_member)) moments""")
                .map((row, _) -> Optional.ofNullable(Times.readOptional(row, "latest")))
                .one()
                .orElse(Instant.EPOCH);
    }

    /**
     * In parts, so that neither this program nor the database ever holds them all twice. Ordered by the whole index, though
     * {@code until} is null in all of them: or H2 sorts the rest of the table for each part. Contents by their numbers and not by
     * a join, which takes H2 twice as long.
     */
    private List<MappingOpened> mappings(long after) {
        List<OpenMapping> part = handle.createQuery("""
                select number, content, session, since
                from mapping
                where until is null and number > :after
                order by until, number
                fetch first <part> rows only""")
                .define("part", PART)
                .bind("after", after)
                .map((row, _) -> new OpenMapping(row.getLong(1), row.getLong(2), row.getLong(3), Times.read(row, 4)))
                .list();
        Map<Long, Content> contents = contents(part.stream().map(OpenMapping::content).distinct().toList());
        return part.stream().map(mapping -> new MappingOpened(mapping.number, mapping.content,
                requireNonNull(contents.get(mapping.content)), mapping.session, mapping.since)).toList();
    }

    private Map<Long, Content> contents(List<Long> numbers) {
        Map<Long, Content> contents = HashMap.newHashMap(numbers.size());
        if (!numbers.isEmpty()) {
            select(numbers).map((row, _) -> Map.entry(row.getLong(1),
                    new Content(row.getString(2), Optional.ofNullable(row.getString(3)), row.getLong(4))))
                    .forEach(found -> contents.put(found.getKey(), found.getValue()));
        }
        return contents;
    }

    /** By a range if that has little else in it, as what came together mostly does: it is read several times as fast. */
    private Query select(List<Long> numbers) {
        long first = Collections.min(numbers);
        long last = Collections.max(numbers);
        return last - first < MOST_APART * numbers.size()
                ? handle.createQuery("""
                        select number, name, content_id, size from content where number between :first and :last""")
                        .bind("first", first).bind("last", last)
                : handle.createQuery("""
                        select c.number, c.name, c.content_id, c.size
                        from unnest(:numbers) as w (number)
                        join content c on c.number = w.number""").bindArray("numbers", Long.class, numbers);
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
}
