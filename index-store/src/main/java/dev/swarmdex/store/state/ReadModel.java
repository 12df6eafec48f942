package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Session;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open mappings in memory.
 *
 * <p>One thread, the store's writer, applies the effects of what it committed; any number of threads look things up
 * meanwhile. There are no locks: everything that readers walk is a concurrent map or is replaced whole. So a lookup may see
 * some of a batch's effects and not yet the others, all of them committed.
 */
public final class ReadModel implements Lookups {

    private static final NumberedSet<OpenContent> NOTHING = new NumberedSet<>();

    /** Counts on over {@link #replace}, so that no revision ever comes again. */
    private final AtomicLong revisions = new AtomicLong();
    private volatile OpenMappings open = new OpenMappings(revisions);

    /** Applies what was committed. Writer only. */
    public void apply(List<Effect> effects) {
        OpenMappings now = open;
        effects.forEach(now::apply);
    }

    /** Shows what the loader hands over, and nothing of what was shown before. Writer only. */
    public void replace(Consumer<Consumer<Effect>> loader) {
        var loaded = new OpenMappings(revisions);
        loader.accept(loaded::apply);
        open = loaded;
    }

    @Override
    public Page byName(String name, Cursor after, int limit) {
        return search(after, limit, open.contentsByName.get(name), _ -> true);
    }

    @Override
    public Page byId(String contentId, Cursor after, int limit) {
        return search(after, limit, open.contentsById.get(contentId), _ -> true);
    }

    @Override
    public Page byWords(List<String> words, Cursor after, int limit) {
        List<String> wanted = List.copyOf(words);
        return search(after, limit, open.contentsByNumber, name -> wanted.stream().allMatch(word -> holds(name, word)));
    }

    @Override
    public Page all(Cursor after, int limit) {
        return search(after, limit, open.contentsByNumber, _ -> true);
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
    public void contentsOf(long session, Consumer<Content> visitor) {
        Map<String, Offer> offers = Optional.ofNullable(open.sessions.get(session)).map(OpenSession::offers)
                .orElse(Map.of());
        offers.values().forEach(offer -> visitor.accept(offer.of().content()));
    }

    OpenMappings open() {
        return open;
    }

    private static Page search(
            Cursor after, int limit, @Nullable NumberedSet<OpenContent> among, Predicate<String> name) {
        return new Search(after, limit).among(among == null ? NOTHING : among, name);
    }

    private static boolean holds(String name, String word) {
        for (int at = 0; at <= name.length() - word.length(); at++) {
            if (name.regionMatches(true, at, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
