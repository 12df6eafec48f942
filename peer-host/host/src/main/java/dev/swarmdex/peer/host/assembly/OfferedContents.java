package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.host.sharing.SharedFile;
import dev.swarmdex.peer.host.sharing.SharingListener;
import dev.swarmdex.protocol.nativeudp.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the host offers, as the index is told it. Written by the sharing's thread, read by any. */
final class OfferedContents implements SharingListener {

    private final Map<String, Content> byName = new ConcurrentHashMap<>();
    private volatile Runnable onChange = () -> {};

    /** Is called after each change from now on, on the sharing's thread; it must not block. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    List<Content> list() {
        return List.copyOf(byName.values());
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
