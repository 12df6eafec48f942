package dev.swarmdex.peer.host.sharing;

import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A watch service that the JDK's paths refuse to register with, as when the system's limit is reached. */
final class RefusingWatchService implements WatchService {

    @Override
    public void close() {}

    @Override
    public @Nullable WatchKey poll() {
        return null;
    }

    @Override
    public @Nullable WatchKey poll(long timeout, TimeUnit unit) {
        return null;
    }

    @Override
    public WatchKey take() {
        throw new IllegalStateException("nothing was ever registered");
    }
}
