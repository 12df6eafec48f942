package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a host: what the jars in a folder provide, while they come and go. A jar that is put there is usable
 * within two seconds, one that is removed is not given out any more and unloaded when nothing is under way in it.
 *
 * <p>Look a plugin up each time it is needed, so that a newer one is used once it is there. Safe for many threads; one
 * thread of its own owns the folder and PF4J.
 */
public final class PluginHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);
    private static final long LOOK_EVERY_MILLIS = 300;
    private static final long FIRST_LOOK_SECONDS = 30;
    private static final long CLOSE_SECONDS = 2;

    private final Path folder;
    private final ScheduledExecutorService owner;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Catalog catalog = Catalog.EMPTY;
    private final LoadedJars jars;

    private PluginHost(Path folder, LoadedJars jars) {
        this.folder = folder;
        this.jars = jars;
        this.owner = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("plugins").factory());
    }

    /**
     * Loads the jars of a folder and begins to watch it. A jar that can't be used is refused, which is no error here.
     *
     * @param copies where to keep what is loaded; deleted when this is closed, or can't be opened
     * @throws IOException when the folder is not there, with a message for the operator
     */
    public static PluginHost open(Path folder, PluginCopies copies, PluginSettings settings) throws IOException {
        if (!Files.isDirectory(folder)) {
            copies.deleteAll();
            throw new IOException("the plugins folder " + folder.toAbsolutePath().normalize()
                    + " does not exist: create it and put the plugin jars there, or set plugins-dir");
        }
        PluginHost host = new PluginHost(folder, new LoadedJars(folder, copies, settings, InstantSource.system()));
        host.start(settings);
        return host;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing gets out of look
    private void start(PluginSettings settings) {
        Future<?> firstLook = owner.submit(this::look);
        try {
            firstLook.get(FIRST_LOOK_SECONDS, TimeUnit.SECONDS);
            settings.warning(ids()).ifPresent(LOG::warn);
        } catch (TimeoutException e) {
            LOG.warn("a plugin in {} has been loading for {} s, going on without it", folder, FIRST_LOOK_SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("looking at the plugins failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        owner.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private SortedSet<String> ids() {
        return list().stream().map(PluginStatus::plugin).filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs this on the plugins' own thread after each change of what is there; it must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** What became of each jar; a jar that provides several things has a row for each. */
    public List<PluginStatus> list() {
        return catalog.status();
    }

    /** The schemes of all transports that are there, in alphabetical order. */
    public Set<String> schemes() {
        return catalog.names(PluginKind.TRANSPORT);
    }

    /** The transport of a scheme; two that this returns are equal if they are from the same load of the same jar. */
    public Transport transport(String scheme) throws MissingPluginException {
        Catalog.Entry entry = find(PluginKind.TRANSPORT, scheme);
        return new GuardedTransport(scheme, (Transport) entry.extension(), entry.guard());
    }

    /** The hasher of an algorithm; the plugin stays loaded as long as it is reachable. */
    public FileHasher hasher(String algorithm) throws MissingPluginException {
        Catalog.Entry entry = find(PluginKind.HASHER, algorithm);
        return GuardedHasher.of(algorithm, (FileHasher) entry.extension(), entry.guard());
    }

    /** The selector of a strategy. */
    public PeerSelector selector(String strategy) throws MissingPluginException {
        Catalog.Entry entry = find(PluginKind.SELECTOR, strategy);
        return new GuardedSelector(strategy, (PeerSelector) entry.extension(), entry.guard());
    }

    private Catalog.Entry find(PluginKind kind, String name) throws MissingPluginException {
        Catalog now = catalog;
        return now.find(kind, name).filter(entry -> entry.guard().conduct().offReason().isEmpty())
                .orElseThrow(() -> new MissingPluginException("no plugin for " + kind + " " + name
                        + ": put " + kind.jarFor(name) + "-<version>.jar into " + folder.toAbsolutePath().normalize()
                        + now.insteadOf(kind), name, now.names(kind)));
    }

    @SuppressWarnings("CatchThrowable") // the thread has to go on, whatever a stranger's code does to it
    private void look() {
        try {
            if (jars.refresh()) {
                catalog = jars.catalog();
                listeners.forEach(Runnable::run);
            }
        } catch (Throwable e) {
            LOG.warn("looking at the plugins in {} failed", folder, e);
        }
    }

    /** Stops watching and unloads all plugins, whatever is under way in them. A second call does nothing. */
    @Override
    public void close() {
        if (owner.isShutdown()) {
            return;
        }
        Future<?> unloaded = owner.submit(jars::unloadAll);
        owner.shutdown();
        try {
            unloaded.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("a plugin in {} does not end, left behind", folder);
        } catch (ExecutionException e) {
            LOG.warn("unloading the plugins in {} failed", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            owner.shutdownNow();
        }
    }
}
