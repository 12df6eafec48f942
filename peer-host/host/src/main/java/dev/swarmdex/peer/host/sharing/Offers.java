package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Puts files up and takes them down: in the catalog that all threads read, and with the listener. */
final class Offers {

    private final Catalog catalog;
    private final SharingListener listener;
    private final HashCache cache;
    private final TouchedPaths touched;
    private final Consumer<Path> changes;

    /**
     * Offers that are also told about, by their path, whenever they begin or end.
     *
     * @param listener hears of those by name only
     */
    Offers(Catalog catalog, SharingListener listener, HashCache cache, TouchedPaths touched, Consumer<Path> changes) {
        this.catalog = catalog;
        this.listener = listener;
        this.cache = cache;
        this.touched = touched;
        this.changes = changes;
    }

    /** Offers a file by its content id, and by its name if nobody else has that. */
    SharedFile add(TrackedFile file, ContentId id, boolean byName) {
        SharedFile offered = new SharedFile(file.name, id, file.path, file.fingerprint, cache, touched::add);
        catalog.add(offered);
        if (byName) {
            name(offered);
        }
        changes.accept(file.path);
        return offered;
    }

    /** Offers a file by its name too. */
    void name(SharedFile file) {
        catalog.name(file);
        listener.shared(file);
    }

    void remove(SharedFile file) {
        if (catalog.remove(file)) {
            listener.unshared(file);
        }
        changes.accept(file.path());
    }
}
