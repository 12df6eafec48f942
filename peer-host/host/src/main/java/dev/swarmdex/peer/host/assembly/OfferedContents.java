package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.host.download.PartialShelf;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.sharing.SharedFile;
import dev.swarmdex.peer.host.sharing.SharingListener;
import dev.swarmdex.protocol.PartialName;
import dev.swarmdex.protocol.WireText;
import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Limits;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the host offers, as the index is told it: what it shares, and under another name what it is downloading. The former
 * is written by the sharing's thread; any may read.
 */
final class OfferedContents implements SharingListener {

    private final Map<String, Content> byName = new ConcurrentHashMap<>();
    private final PartialShelf partial;
    private volatile Runnable onChange = () -> {};

    OfferedContents(PartialShelf partial) {
        this.partial = partial;
    }

    /** Is called after each change from now on, on the thread that makes it; it must not block. */
    void onChange(Runnable listener) {
        onChange = listener;
        partial.onChange(listener);
    }

    /** Folders come before their files: they are what others ask for. */
    List<Content> list() {
        Stream<Content> shared = byName.values().stream()
                .sorted(Comparator.comparing(content -> !content.name().endsWith(Manifest.SUFFIX)));
        return Stream.concat(shared, partial.list().stream().flatMap(OfferedContents::part)).toList();
    }

    /** A partial content whose name would be too long with its suffix is not announced. */
    private static Stream<Content> part(PartialContent part) {
        String name = PartialName.of(part.name());
        return WireText.utf8Length(name) > Limits.NAME
                ? Stream.empty()
                : Stream.of(new Content(name, Optional.of(part.id().toString()), part.size()));
    }

    @Override
    public void shared(SharedFile file) {
        byName.put(file.name(), new Content(file.name(), Optional.of(file.id().toString()), file.size()));
        onChange.run();
    }

    @Override
    public void unshared(SharedFile file) {
        byName.remove(file.name());
        onChange.run();
    }
}
