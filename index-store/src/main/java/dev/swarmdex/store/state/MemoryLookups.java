package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.TreeSearch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers lookups from the open mappings in memory. */
record MemoryLookups(OpenMappings open, Names names) implements Lookups {

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public Page byName(String name, Cursor after, int limit) {
        byte[] bytes = ContentKey.name(name);
        return new Search(open, after, limit).among(
                (from, visitor) -> open.index.visit(open.index.named(bytes), from, visitor), _ -> true);
    }

    @Override
    public Page byId(String contentId, Cursor after, int limit) {
        byte[] bytes = ContentKey.id(contentId);
        return new Search(open, after, limit).among(
                (from, visitor) -> open.index.visit(open.index.withId(bytes), from, visitor), _ -> true);
    }

    @Override
    public TreeSearch treeSearch() {
        return new MemoryTreeSearch(open);
    }

    @Override
    public Page byWords(List<String> words, Cursor after, int limit) {
        var wanted = Words.in(words);
        var search = new Search(open, after, limit);
        return names.find(wanted, after.content(), limit + 1)
                .map(first -> search.named(first,
                        from -> names.find(wanted, from, limit + 1).orElse(Names.Found.NOTHING)))
                .orElseGet(() -> search.among(
                        open.index::visitAll, content -> wanted.areIn(open.contents.name(content))));
    }

    @Override
    public Page all(Cursor after, int limit) {
        return new Search(open, after, limit).among(open.index::visitAll, _ -> true);
    }

    @Override
    public Optional<Session> session(String via, String key) {
        return Optional.ofNullable(open.sessionsByKey.get(new SessionKey(via, key))).map(OpenSession::shown);
    }

    @Override
    public Optional<Session> session(long number) {
        return Optional.ofNullable(open.sessions.get(number)).map(OpenSession::shown);
    }

    @Override
    public Collection<Session> sessions() {
        return open.sessions.values().stream().map(OpenSession::shown).toList();
    }

    @Override
    public boolean offers(long session, String name) {
        OpenSession offering = open.sessions.get(session);
        return offering != null && open.read(() -> offering.offer(name) != HashIndex.NONE);
    }

    @Override
    public List<Session> sessions(long after, int limit) {
        return open.sessionsInOrder.tailMap(after, false).values().stream().limit(limit).map(OpenSession::shown)
                .toList();
    }

    @Override
    public void contentsOf(long session, Predicate<Content> visitor) {
        OpenSession offering = open.sessions.get(session);
        if (offering == null) {
            return;
        }
        int[] rows = open.read(offering::all);
        boolean wantsMore = true;
        for (int from = 0; from < rows.length && wantsMore; from += OpenMappings.STEP) {
            int start = from;
            wantsMore = open.read(() -> contents(offering, rows, start)).stream().allMatch(visitor);
        }
    }

    /** The contents of some mappings, of those that are still there. */
    private List<Content> contents(OpenSession session, int[] rows, int from) {
        List<Content> contents = new ArrayList<>(OpenMappings.STEP);
        for (int i = from; i < Math.min(from + OpenMappings.STEP, rows.length); i++) {
            if (open.offers.isOf(rows[i], session)) {
                contents.add(open.contents.content(open.offers.content(rows[i])));
            }
        }
        return contents;
    }
}
