package dev.swarmdex.server.run;

import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.http.HttpEndpoint;
import dev.swarmdex.server.http.Watched;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.metrics.ServerMetrics;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.server.settings.FrontEndSettings;
import dev.swarmdex.server.settings.HttpSettings;
import dev.swarmdex.server.settings.LimitSettings;
import dev.swarmdex.server.settings.ServerSettings;
import dev.swarmdex.server.sql.SeparateQueries;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running index server. It owns its store, its service and its front-ends. */
public final class IndexServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexServer.class);

    private final IndexStore store;
    private final IndexService service;
    private final ServerMetrics metrics;
    private final Guard guard;
    private final List<FrontEnd> frontEnds = new CopyOnWriteArrayList<>();
    private Optional<HttpEndpoint> http = Optional.empty();
    private volatile Optional<String> obstacle = Optional.of("the front-ends don't listen yet");
    private boolean closed;

    private IndexServer(IndexStore store, IndexService service, ServerMetrics metrics, Guard guard) {
        this.store = store;
        this.service = service;
        this.metrics = metrics;
        this.guard = guard;
    }

    /**
     * Starts a server; on failure nothing is left running.
     *
     * @throws StoreException when the database can't be opened
     */
    public static IndexServer start(ServerSettings settings, LongSupplier nanoTime) throws CannotListenException {
        long began = System.nanoTime();
        String url = settings.store().url();
        LOG.info("Swarmdex index server {} on Java {}", version(), Runtime.version().feature());
        StoreSettings storeSettings = settings.store().toStoreSettings();
        ServerMetrics metrics = new ServerMetrics();
        IndexStore store = DatabaseStore.open(storeSettings, metrics.storeObserver());
        Map<String, Duration> leases = settings.frontend().stream()
                .collect(Collectors.toMap(table -> table.protocol().via(), FrontEndSettings::leaseLength));
        IndexServer server = new IndexServer(store, new IndexService(store, leases, nanoTime), metrics,
                new Guard(nanoTime));
        try {
            server.report(url, Duration.ofNanos(System.nanoTime() - began));
            server.limit(settings.limits());
            server.serveHttp(settings.http(), storeSettings);
            server.listen(settings.frontend());
            return server;
        } catch (CannotListenException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** From now on these limits hold. */
    public void limit(LimitSettings limits) {
        guard.limit(limits.requestsPerSecond(), limits.connectionsPerAddress());
        service.limit(limits.registrationsPerPeer(), limits.peersPerAddress());
    }

    /** Where the page and the API are, if they are served. */
    public Optional<InetSocketAddress> httpAddress() {
        return http.map(HttpEndpoint::address);
    }

    /** The front-ends, in the order of the config. */
    public List<FrontEnd> frontEnds() {
        return List.copyOf(frontEnds);
    }

    /** Answers what was accepted, commits it, and frees everything. The second time it does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        long began = System.nanoTime();
        obstacle = Optional.of("the server is stopping");
        frontEnds.reversed().forEach(FrontEnd::close);
        http.ifPresent(HttpEndpoint::close);
        service.close();
        store.close();
        metrics.close();
        LOG.info("index server stopped in {} ms", Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    private void listen(List<FrontEndSettings> tables) throws CannotListenException {
        service.start();
        for (FrontEndSettings table : tables) {
            FrontEnd frontEnd = table.make(service, guard);
            frontEnd.start();
            frontEnds.add(frontEnd);
        }
        obstacle = Optional.empty();
    }

    /** Before the front-ends, so that a tool that waits for the server sees what it waits for. */
    private void serveHttp(HttpSettings settings, StoreSettings storeSettings) throws CannotListenException {
        metrics.watch(store);
        if (settings.address().isEmpty()) {
            return;
        }
        Optional<SeparateQueries> queries = settings.answersSql()
                ? Optional.of(new SeparateQueries(storeSettings))
                : Optional.empty();
        HttpEndpoint endpoint = new HttpEndpoint(settings.address().get().toSocketAddress(), new Watched(store,
                this::frontEnds, guard.offenders(), metrics, () -> obstacle, queries, version(), Instant.now()),
                guard.connections());
        endpoint.start();
        http = Optional.of(endpoint);
    }

    private void report(String url, Duration took) {
        LOG.info("opened {} in {} ms: {} peers, which are to confirm their contents within two leases", url,
                took.toMillis(), store.lookups().sessions().size());
    }

    private static String version() {
        String version = IndexServer.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
