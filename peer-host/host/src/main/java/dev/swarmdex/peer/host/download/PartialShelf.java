package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PartialContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the downloads of a host have verified so far, for other peers to fetch. Safe for any number of threads. */
public final class PartialShelf {

    private final String ownName;
    private final Map<ContentId, PartialContent> offered = new ConcurrentHashMap<>();
    private volatile Runnable onChange = () -> {};

    /** An empty shelf of the host that other peers know by that name. */
    public PartialShelf(String ownName) {
        this.ownName = ownName;
    }

    /** The content of that id, while it is being downloaded; by a name alone nothing is found. */
    public Optional<PartialContent> find(ContentReference content) {
        return content.id().map(offered::get);
    }

    /** All contents that are being downloaded and can be offered. */
    public List<PartialContent> list() {
        return List.copyOf(offered.values());
    }

    /** Is called after a content has come or gone, from now on; it must not block. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    String ownName() {
        return ownName;
    }

    /** The place for what one download has, which is empty at first. */
    Place place() {
        return new Place();
    }

    /** One download's place on the shelf; guarded by its monitor. */
    final class Place implements AutoCloseable {

        private @Nullable PartialContent content;

        private Place() {}

        /** Offers what the download has. If another download has the same content on the shelf, that is enough. */
        synchronized void put(PartialContent partial) {
            if (offered.putIfAbsent(partial.id(), partial) == null) {
                content = partial;
                onChange.run();
            }
        }

        /** Offers it no longer. */
        @Override
        public synchronized void close() {
            if (content != null) {
                offered.remove(content.id(), content);
                content = null;
                onChange.run();
            }
        }
    }
}
