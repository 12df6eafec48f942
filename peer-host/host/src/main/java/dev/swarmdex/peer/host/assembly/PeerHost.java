package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.host.control.ControlServer;
import dev.swarmdex.peer.host.control.Operations;
import dev.swarmdex.peer.host.discovery.Discovery;
import dev.swarmdex.peer.host.discovery.Inquiry;
import dev.swarmdex.peer.host.discovery.KnownHosts;
import dev.swarmdex.peer.host.download.DownloadSettings;
import dev.swarmdex.peer.host.download.Downloads;
import dev.swarmdex.peer.host.download.PartialShelf;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.peer.host.index.PeersFile;
import dev.swarmdex.peer.host.index.Registrar;
import dev.swarmdex.peer.host.operation.HostOperations;
import dev.swarmdex.peer.host.plugin.PluginCopies;
import dev.swarmdex.peer.host.plugin.PluginHost;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.rate.TransferLimits;
import dev.swarmdex.peer.host.retrieval.LocalFiles;
import dev.swarmdex.peer.host.retrieval.Means;
import dev.swarmdex.peer.host.retrieval.Retrieval;
import dev.swarmdex.peer.host.sharing.SharedFiles;
import dev.swarmdex.peer.host.sharing.SharingSettings;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A peer host: the composition root. It has everything it started on a stack, and closes it in reverse: first what lets
 * requests in, then what does the work, then what that needs.
 */
public final class PeerHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerHost.class);

    /** How long a host that starts may look for its files before it reports to the index what it has. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final HostConfig config;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Operations operations;

    /** Something that was started, and its name for the log. */
    private record Part(String name, AutoCloseable resource) {}

    private PeerHost(HostConfig config, Assembly assembly) throws IOException, InterruptedException {
        this.config = config;
        try {
            this.operations = assembly.build(this);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            closeParts();
            throw failure;
        }
    }

    /** Starts the parts of a host and returns its operations. */
    private interface Assembly {

        Operations build(PeerHost host) throws IOException, InterruptedException;
    }

    /** Starts a host that shares, serves, and takes commands, until it is closed. */
    public static PeerHost start(HostConfig config) throws IOException, InterruptedException {
        return new PeerHost(config, host -> assembleFull(host, true));
    }

    /** As {@link #start}, but the next host knows nothing of what this one is told to share and not to share any more. */
    public static PeerHost startForNow(HostConfig config) throws IOException, InterruptedException {
        return new PeerHost(config, host -> assembleFull(host, false));
    }

    /** Starts as much of a host as a single command needs; it offers nothing, and nobody else can command it. */
    public static PeerHost visit(HostConfig config) throws IOException, InterruptedException {
        return new PeerHost(config, PeerHost::assembleVisit);
    }

    /** What the commands ask for. */
    public Operations operations() {
        return operations;
    }

    /** Waits until the thread is interrupted, which always happens by an exception. */
    public void awaitInterrupt() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private <T extends AutoCloseable> T own(String name, T resource) {
        parts.push(new Part(name, resource));
        return resource;
    }

    private static Operations assembleVisit(PeerHost host) throws IOException {
        HostConfig config = host.config;
        PluginHost plugins = host.own("plugins",
                PluginHost.open(config.pluginsDir(), PluginCopies.temporary(), config.plugins().settings()));
        ConfiguredPlugins configured = new ConfiguredPlugins(config, plugins);
        IndexClient index = host.own("index client", new IndexClient(config.discovery().index(), host.random));
        PeersFile peersFile = new PeersFile(index, config.stateDir());
        TransferLimits limits = new TransferLimits(config.limits());
        Inquiry inquiry = new Inquiry(configured);
        KnownHosts hosts = KnownHosts.open(config.discovery().hostsFile(), inquiry, _ -> false);
        DownloadReports reports = new DownloadReports(index,
                new PeerIdentity(config.name(), StateFolder.secretIn(config.stateDir())));
        Discovery discovery = new Discovery(index, hosts, peersFile, inquiry, plugins::schemes, config.name());
        Downloads downloads = host.downloads(configured, limits.download(), new PartialShelf(config.name()));
        Retrieval retrieval = new Retrieval(
                new Means(configured, discovery, downloads, LocalFiles.NONE, limits.download()), reports,
                config.downloadDir());
        return new HostOperations(index, retrieval, plugins, peersFile, hosts,
                new NoHost(config.name(), config.stateDir(), limits));
    }

    private static Operations assembleFull(PeerHost host, boolean remembers) throws IOException, InterruptedException {
        HostConfig config = host.config;
        StateFolder state = host.own("state folder", StateFolder.open(config.stateDir()));
        // before all that takes time: a command that is given meanwhile waits, and does not take the host for one that is off
        ControlServer control = host.own("control socket", ControlServer.bind(config.stateDir()));
        PeerIdentity identity = new PeerIdentity(config.name(), state.identitySecret());
        PluginHost plugins = host.own("plugins", PluginHost.open(config.pluginsDir(),
                PluginCopies.in(config.stateDir().resolve("plugins")), config.plugins().settings()));
        ConfiguredPlugins configured = new ConfiguredPlugins(config, plugins);
        configured.requireSelector();
        FollowedHasher hasher = configured.followedHasher();
        IndexClient index = host.own("index client", new IndexClient(config.discovery().index(), host.random));

        PartialShelf partial = new PartialShelf(config.name());
        OfferedContents offered = new OfferedContents(partial);
        SharedFiles files = host.own("shared files", SharedFiles.open(
                SharingSettings.of(folders(config), config.stateDir(), remembers), hasher, offered));
        TransferLimits limits = new TransferLimits(config.limits());
        Uploads uploads = new Uploads(new HostShelf(files, partial), limits);
        ServingTransports serving = host.own("transports",
                ServingTransports.start(config.transport(), plugins, uploads));
        files.start();

        PeersFile peersFile = host.own("peers file", new PeersFile(index, config.stateDir()));
        Inquiry inquiry = new Inquiry(configured);
        KnownHosts hosts = host.own("known hosts",
                KnownHosts.open(config.discovery().hostsFile(), inquiry, serving::isOwn));
        Optional<Registrar> registrar = Optional.empty();
        if (index.hasServers()) {
            registrar = Optional.of(host.register(index, identity, serving, offered, files, uploads));
            peersFile.start();
        }
        hosts.start();
        Discovery discovery = new Discovery(index, hosts, peersFile, inquiry, plugins::schemes, config.name());
        Downloads downloads = host.downloads(configured, limits.download(), partial);
        Retrieval retrieval = new Retrieval(
                new Means(configured, discovery, downloads, new OfferedFiles(files), limits.download()),
                new DownloadReports(index, identity), config.downloadDir());
        Operations operations = new HostOperations(index, retrieval, plugins, peersFile, hosts,
                new OwnFiles(config.name(), files, registrar, uploads, limits));
        control.serve(operations);
        // commands end before what they use does
        host.own("commands", control);
        LOG.info("peer {} is up: shares {}, downloads to {}", config.name(), config.share(), config.downloadDir());
        return operations;
    }

    private Downloads downloads(ConfiguredPlugins configured, RateLimit limit, PartialShelf partial) {
        return own("downloads", new Downloads(configured, DownloadSettings.DEFAULT, limit, partial));
    }

    /** Keeps the index in line with what is offered. */
    private Registrar register(IndexClient index, PeerIdentity identity, ServingTransports serving,
            OfferedContents offered, SharedFiles files, Uploads uploads) {
        Registrar registrar = new Registrar(index, identity, serving::endpoints, offered::list,
                uploads::load, () -> files.awaitIdle(SETTLING), random);
        offered.onChange(registrar::changed);
        serving.onChange(registrar::changed);
        own("registrar", registrar).start();
        return registrar;
    }

    private static List<Path> folders(HostConfig config) throws IOException {
        List<Path> folders = new ArrayList<>(config.share());
        Files.createDirectories(config.downloadDir());
        folders.add(config.downloadDir());
        return folders;
    }

    /** Stops everything, within seconds. */
    @Override
    public void close() {
        if (!parts.isEmpty()) {
            closeParts();
            LOG.info("peer {} stopped", config.name());
        }
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.resource().close();
            } catch (Exception failure) {
                LOG.warn("closing {}: {}", part.name(), failure.toString());
            }
        }
    }
}
