package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A shelf for tests, with contents in memory. Safe for many threads. */
public final class MemoryShelf implements Shelf {

    private final Map<String, SharedContent> contents = new ConcurrentHashMap<>();
    private final Map<ContentId, PartialContent> partial = new ConcurrentHashMap<>();

    /** Offers these bytes under a name; they are not copied. */
    public SharedContent add(String name, byte[] bytes) {
        return add(new MemoryContent(name, bytes));
    }

    /** Offers a content under its own name. */
    public SharedContent add(SharedContent content) {
        contents.put(content.name(), content);
        return content;
    }

    /** Offers what is under that name no longer. */
    public void remove(String name) {
        contents.remove(name);
    }

    /** Offers those pieces of a content that is not whole yet; the set may grow. */
    public PartialContent addPartial(String name, byte[] bytes, BitSet pieces) {
        PartialContent content = new PartialMemoryContent(new MemoryContent(name, bytes), pieces);
        partial.put(content.id(), content);
        return content;
    }

    @Override
    public Optional<PartialContent> findPartial(ContentReference wanted) {
        return wanted.id().map(partial::get);
    }

    @Override
    public Optional<SharedContent> find(ContentReference wanted) {
        if (wanted.id().isPresent()) {
            return contents.values().stream().filter(content -> content.id().equals(wanted.id().get())).findAny();
        }
        return wanted.name().map(contents::get);
    }
}
