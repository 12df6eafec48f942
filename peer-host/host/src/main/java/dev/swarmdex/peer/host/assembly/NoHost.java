package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.host.operation.HostOperations;
import dev.swarmdex.peer.host.operation.HostStatus;
import dev.swarmdex.peer.host.operation.OwnContent;
import dev.swarmdex.peer.host.operation.ShareResult;
import dev.swarmdex.peer.host.rate.TransferLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The commands about own files where no host runs, and a command does for itself what it can: nothing is shared. */
record NoHost(String name, Path stateDir, TransferLimits limits) implements HostOperations.Sharing {

    @Override
    public List<ShareResult> share(List<Path> paths) throws IOException {
        throw noHost();
    }

    @Override
    public Optional<String> awaitRegistered() {
        return Optional.empty();
    }

    @Override
    public List<ShareResult> unshare(String name, Optional<Path> path) throws IOException {
        throw noHost();
    }

    @Override
    public OwnContent delete(String content) throws IOException {
        throw noHost();
    }

    private IOException noHost() {
        return new IOException("no host runs with the state folder " + stateDir.toAbsolutePath().normalize()
                + ", so nothing is shared; start one with: swarmdex peer run");
    }

    @Override
    public HostStatus status(List<Record> downloads, List<HostStatus.Host> hosts) {
        return new HostStatus(name, "no host runs with the state folder " + stateDir.toAbsolutePath().normalize(),
                hosts, List.of(),
                new HostStatus.Hashing(0, 0, 0), downloads, List.of(),
                HostStatus.Limits.of(limits.settings()));
    }

    @Override
    public HostStatus.Limits limit(HostStatus.Limits changes) throws IOException {
        throw new IOException("no host runs with the state folder " + stateDir.toAbsolutePath().normalize()
                + " whose limits could be changed; those of a command are in the config, or --set limits.download=…");
    }
}
