package dev.swarmdex.store.database;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.Source;
import dev.swarmdex.store.state.Effect.SessionOpened;
import dev.swarmdex.store.state.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Answers lookups from the database while the read model is being loaded. Each call has a connection of its own, so that
 * none waits for another; what takes long is bounded as in memory.
 */
final class DatabaseLookups implements Lookups {

    /** How many contents are asked for at once. */
    private static final int PART = 500;
    private static final int MOST_LOOKED_AT = 20_000;

    private static final String BY_NAME = "name = :text and ";
    private static final String BY_ID = "content_id = :text and ";
    private static final String ALL = "";

    private final Jdbi jdbi;
    private final NavigableMap<Long, Session> sessions = new TreeMap<>();

    /** Lookups by connections of their own, with the sessions that are open. */
    DatabaseLookups(Jdbi jdbi, Collection<SessionOpened> opened) {
        this.jdbi = jdbi;
        for (SessionOpened one : opened) {
            // no revision of a session is negative later
            sessions.put(one.number(), new Session(one.number(), one.presence(), one.since(), -one.number(), 0));
        }
    }

    /** A content with its number. */
    private record Numbered(long number, Content content) {}

    @Override
    public boolean complete() {
        return false;
    }

    @Override
    public Page byName(String name, Cursor after, int limit) {
        return search(BY_NAME, name, _ -> true, after, limit);
    }

    @Override
    public Page byId(String contentId, Cursor after, int limit) {
        return search(BY_ID, contentId, _ -> true, after, limit);
    }

    @Override
    public Page byWords(List<String> words, Cursor after, int limit) {
        var wanted = Words.in(words);
        return search(ALL, "", content -> wanted.areIn(content.name()), after, limit);
    }

    @Override
    public Page all(Cursor after, int limit) {
        return search(ALL, "", _ -> true, after, limit);
    }

    @Override
    public Optional<Session> session(String via, String key) {
        return sessions.values().stream()
                .filter(one -> one.presence().via().equals(via) && one.presence().key().equals(key)).findFirst();
    }

    @Override
    public Optional<Session> session(long number) {
        return Optional.ofNullable(sessions.get(number));
    }

    @Override
    public Collection<Session> sessions() {
        return List.copyOf(sessions.values());
    }

    @Override
    public boolean offers(long session, String name) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select 1
                from mapping m
                join content c on c.number = m.content
                where m.session = :session and m.until is null and c.name = :name""")
                .bind("session", session)
                .bind("name", name)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
    }

    @Override
    public List<Session> sessions(long after, int limit) {
        return sessions.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public void contentsOf(long session, Predicate<Content> visitor) {
        jdbi.useHandle(handle -> {
            var _ = handle.createQuery("""
                    select c.number, c.name, c.content_id, c.size
                    from mapping m
                    join content c on c.number = m.content
                    where m.session = :session and m.until is null""")
                    .bind("session", session)
                    .map((row, _) -> content(row).content())
                    .withStream(contents -> contents.allMatch(visitor));
        });
    }

    private Page search(String column, String text, Predicate<Content> matches, Cursor after, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " sources, not " + limit);
        }
        return jdbi.withHandle(handle -> {
            List<Listing> listings = new ArrayList<>();
            Cursor last = after;
            int found = 0;
            for (int looked = 0; looked < MOST_LOOKED_AT; looked += PART) {
                List<Numbered> part = contents(handle, column, text, last.content());
                for (Numbered content : part.stream().filter(one -> matches.test(one.content())).toList()) {
                    List<Source> of = sources(handle, content.number(), firstAfter(last, content), limit - found + 1);
                    int fitting = Math.min(of.size(), limit - found);
                    if (fitting > 0) {
                        listings.add(new Listing(content.number(), content.content(), of.subList(0, fitting)));
                        last = new Cursor(content.number(), of.get(fitting - 1).session());
                        found += fitting;
                    }
                    if (fitting < of.size()) {
                        return new Page(listings, Optional.of(last));
                    }
                }
                if (part.size() < PART) {
                    return new Page(listings, Optional.empty());
                }
                last = new Cursor(part.getLast().number(), Long.MAX_VALUE);
            }
            return new Page(listings, Optional.of(last));
        });
    }

    private static long firstAfter(Cursor last, Numbered content) {
        return content.number() == last.content() ? last.session() : 0;
    }

    private static List<Numbered> contents(Handle handle, String column, String text, long from) {
        return handle.createQuery("""
                select number, name, content_id, size from content
                where <column> number >= :from order by number fetch first <part> rows only""")
                .define("column", column)
                .define("part", PART)
                .bind("text", text)
                .bind("from", from)
                .map((row, _) -> content(row))
                .list();
    }

    /** The first sources of a content after that session. One content at a time: asked for many, H2 may read them all. */
    private List<Source> sources(Handle handle, long content, long session, int limit) {
        return handle.createQuery("""
                select session, since
                from mapping
                where content = :content and until is null and session > :session
                order by session
                fetch first <limit> rows only""")
                .bind("content", content)
                .bind("session", session)
                .define("limit", limit)
                .map((row, _) -> source(row))
                .stream().flatMap(Optional::stream).toList();
    }

    /** Empty for a session that another server opened just now. */
    private Optional<Source> source(ResultSet row) throws SQLException {
        Session session = sessions.get(row.getLong("session"));
        var since = Times.read(row, "since");
        return Optional.ofNullable(session).map(by -> new Source(by.number(), by.presence().peer(),
                by.presence().via(), since, by.presence().endpoints()));
    }

    private static Numbered content(ResultSet row) throws SQLException {
        return new Numbered(row.getLong("number"), new Content(row.getString("name"),
                Optional.ofNullable(row.getString("content_id")), row.getLong("size")));
    }
}
