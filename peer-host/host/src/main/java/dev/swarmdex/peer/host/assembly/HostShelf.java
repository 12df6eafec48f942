package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.host.download.PartialShelf;
import java.util.Optional;

/** All that the host can serve: what it shares, and what it is downloading. */
record HostShelf(Shelf shared, PartialShelf partial) implements Shelf {

    @Override
    public Optional<SharedContent> find(ContentReference content) {
        return shared.find(content);
    }

    @Override
    public Optional<PartialContent> findPartial(ContentReference content) {
        return partial.find(content);
    }
}
