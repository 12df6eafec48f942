package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentReference;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A host's sharing under test, with little patience, and all its listener heard. */
final class Sharing implements AutoCloseable {

    static final Duration QUIET = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofMinutes(10);

    final CountingHasher hasher = new CountingHasher();
    /** {@code +name} and {@code -name}. */
    final List<String> heard = new CopyOnWriteArrayList<>();
    final SharedFiles files;

    private Sharing(SharingSettings settings, Supplier<DirectoryWatcher.Builder> watchers) throws IOException {
        files = SharedFiles.open(settings, hasher, new SharingListener() {
            @Override
            public void shared(SharedFile file) {
                heard.add("+" + file.name());
            }

            @Override
            public void unshared(SharedFile file) {
                heard.add("-" + file.name());
            }
        }, watchers);
    }

    /** Opened but not started; what changes later is found by the watch alone. */
    static Sharing of(Path state, Path... folders) throws IOException {
        return new Sharing(new SharingSettings(List.of(folders), state, QUIET, LONG, 2, true),
                DirectoryWatcher::builder);
    }

    /** Started where nothing can be watched; all is found by frequent rescans. */
    static Sharing unwatched(Path state, Path folder) throws IOException {
        Sharing sharing = new Sharing(
                new SharingSettings(List.of(folder), state, QUIET, Duration.ofMillis(200), 2, true),
                () -> DirectoryWatcher.builder().watchService(new RefusingWatchService()));
        sharing.files.start();
        return sharing;
    }

    /** Started, and to leave nothing behind of what it is told to share. */
    static Sharing forNow(Path state, Path... folders) throws IOException {
        Sharing sharing = new Sharing(new SharingSettings(List.of(folders), state, QUIET, LONG, 2, false),
                DirectoryWatcher::builder);
        sharing.files.start();
        sharing.settle();
        return sharing;
    }

    /** Opened but not started, with another quiet time. */
    static Sharing patient(Path state, Path folder, Duration quietTime) throws IOException {
        return new Sharing(new SharingSettings(List.of(folder), state, quietTime, LONG, 2, true),
                DirectoryWatcher::builder);
    }

    /** Started, and with all shared that was there. */
    static Sharing started(Path state, Path... folders) throws IOException {
        Sharing sharing = of(state, folders);
        sharing.files.start();
        sharing.settle();
        return sharing;
    }

    void settle() throws IOException {
        if (!files.awaitIdle(Duration.ofSeconds(20))) {
            throw new AssertionError("not idle within 20 s");
        }
    }

    /** Unshares by a name, or by a path, as a command does. */
    List<SharedFile> unshare(String given) throws IOException {
        return files.unshare(given,
                given.equals("\0") ? Optional.empty() : Optional.of(Path.of(given).toAbsolutePath()));
    }

    List<String> names() {
        return files.snapshot().stream().map(SharedFile::name).sorted().toList();
    }

    SharedFile file(String name) {
        return files.file(ContentReference.byName(name)).orElseThrow(() -> new AssertionError(name + " is not shared"));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
