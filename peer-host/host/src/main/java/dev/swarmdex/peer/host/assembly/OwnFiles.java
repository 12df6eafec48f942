package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.host.index.Registrar;
import dev.swarmdex.peer.host.operation.HostOperations;
import dev.swarmdex.peer.host.operation.HostStatus;
import dev.swarmdex.peer.host.operation.OwnContent;
import dev.swarmdex.peer.host.operation.ShareResult;
import dev.swarmdex.peer.host.rate.TransferLimits;
import dev.swarmdex.peer.host.sharing.HashingProgress;
import dev.swarmdex.peer.host.sharing.SharedFile;
import dev.swarmdex.peer.host.sharing.SharedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands about a running host's own files. */
record OwnFiles(String peer, SharedFiles files, Optional<Registrar> registrar, Uploads uploads,
        TransferLimits limits)
        implements
            HostOperations.Sharing {

    /** How long a command to share waits for the index. */
    private static final Duration REGISTERING = Duration.ofSeconds(30);

    @Override
    public List<ShareResult> share(List<Path> paths) throws IOException {
        return results(files.share(paths));
    }

    @Override
    public Optional<String> awaitRegistered() throws InterruptedException {
        return registrar.isEmpty() ? Optional.empty() : registrar.get().awaitRegistered(REGISTERING);
    }

    @Override
    public List<ShareResult> unshare(String name, Optional<Path> path) throws IOException {
        return results(files.unshare(name, path));
    }

    private List<ShareResult> results(List<SharedFile> changed) throws IOException {
        Map<SharedFile, Path> namesakes = files.namesakes(changed);
        return changed.stream().map(file -> new ShareResult(file.name(), file.id().toString(), file.size(),
                files.origin(file).toString(), Optional.ofNullable(namesakes.get(file)).map(Path::toString).orElse("")))
                .sorted(Comparator.comparing(ShareResult::path)).toList();
    }

    @Override
    public OwnContent delete(String name) throws IOException {
        return own(files.delete(name));
    }

    @Override
    public HostStatus status(List<Record> downloads, List<HostStatus.Host> hosts) {
        HashingProgress hashing = files.progress();
        return new HostStatus(peer, registrar.map(Registrar::state).orElse("without an index"), hosts,
                files.snapshot().stream().map(this::own).toList(),
                new HostStatus.Hashing(hashing.filesLeft(), hashing.bytesDone(), hashing.bytesTotal()), downloads,
                uploads.sent(), HostStatus.Limits.of(limits.settings()));
    }

    @Override
    public HostStatus.Limits limit(HostStatus.Limits changes) throws IOException {
        limits.change(changes.onTopOf(limits.settings()));
        return HostStatus.Limits.of(limits.settings());
    }

    private OwnContent own(SharedFile file) {
        return new OwnContent(file.name(), file.id().toString(), file.size(), files.origin(file).toString());
    }
}
