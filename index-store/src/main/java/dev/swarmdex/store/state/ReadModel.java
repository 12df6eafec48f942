package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.TreeSearch;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The open mappings in memory. One thread, the store's writer, applies the effects of what it committed; any number of
 * threads look things up meanwhile. A lookup may see some of a batch's effects and not yet the others, all of them
 * committed. While the mappings are being loaded, somebody else answers; see {@link #beginLoading}.
 */
public final class ReadModel implements Lookups {

    /** Counts on over {@link #beginLoading}, so that no revision ever comes again. */
    private final AtomicLong revisions = new AtomicLong();
    private final Names names;
    private OpenMappings open;
    private volatile Lookups current;
    private volatile int shown;
    private volatile boolean stopping;
    /** Whether a change broke off half-way. Writer only. */
    private boolean broken;

    /** A model with nothing open, that reports to those names what opens and ends. */
    public ReadModel(Names names) {
        this.names = names;
        open = new OpenMappings(revisions, names);
        current = new MemoryLookups(open, names);
    }

    /** Applies what was committed. If that fails, which it never should, all must be loaded anew. Writer only. */
    public void apply(List<Effect> effects) {
        broken = true;
        effects.forEach(open::apply);
        broken = false;
        shown = mappings();
    }

    /** Forgets everything, and lets another answer until all is loaded. Writer only. */
    public void beginLoading(Lookups meanwhile) {
        current = meanwhile;
        names.forget();
        open = new OpenMappings(revisions, names);
        broken = false;
    }

    /** Loads what the loader hands over, and shows it once that is all. Writer only. */
    public void load(Consumer<Consumer<Effect>> loader) {
        loader.accept(effect -> {
            if (stopping) {
                throw new StoreException("the index was closed before all of it was in memory");
            }
            open.load(effect);
        });
        open.endLoading();
        names.learn(open::named);
        current = new MemoryLookups(open, names);
        shown = mappings();
    }

    /** Whether it shows all that it was told: it is loaded, and no change to it broke off. Writer only. */
    public boolean isWhole() {
        return complete() && !broken;
    }

    /** Lets {@link #load} fail from now on, since nobody waits for it any more. Any thread may call it. */
    public void stopLoading() {
        stopping = true;
    }

    /** How many mappings are open, as of the last change; while they are being loaded, what it was before. */
    public int shown() {
        return shown;
    }

    /** How many mappings are open. Writer only. */
    public int mappings() {
        return open.offers.size();
    }

    @Override
    public boolean complete() {
        return current.complete();
    }

    @Override
    public Page byName(String name, Cursor after, int limit) {
        return current.byName(name, after, limit);
    }

    @Override
    public Page byId(String contentId, Cursor after, int limit) {
        return current.byId(contentId, after, limit);
    }

    @Override
    public TreeSearch treeSearch() {
        return new CurrentSearch();
    }

    @Override
    public Page byWords(List<String> words, Cursor after, int limit) {
        return current.byWords(words, after, limit);
    }

    @Override
    public Page all(Cursor after, int limit) {
        return current.all(after, limit);
    }

    @Override
    public Optional<Session> session(String via, String key) {
        return current.session(via, key);
    }

    @Override
    public Optional<Session> session(long number) {
        return current.session(number);
    }

    @Override
    public Collection<Session> sessions() {
        return current.sessions();
    }

    @Override
    public boolean offers(long session, String name) {
        return current.offers(session, name);
    }

    @Override
    public List<Session> sessions(long after, int limit) {
        return current.sessions(after, limit);
    }

    @Override
    public void contentsOf(long session, Predicate<Content> visitor) {
        current.contentsOf(session, visitor);
    }

    OpenMappings open() {
        return open;
    }

    /** Goes along when the mappings are loaded anew. */
    private final class CurrentSearch implements TreeSearch {

        private Lookups searched = current;
        private TreeSearch search = searched.treeSearch();

        @Override
        public boolean find(ByteBuffer digest, int index, Receiver receiver) {
            return search().find(digest, index, receiver);
        }

        @Override
        public void expect(ByteBuffer digest, int index) {
            search().expect(digest, index);
        }

        @SuppressWarnings("ReferenceEquality") // the very one, and at no cost
        private TreeSearch search() {
            Lookups now = current;
            if (now != searched) {
                searched = now;
                search = now.treeSearch();
            }
            return search;
        }
    }
}
