package dev.swarmdex.server.run;

import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.server.settings.FrontEndSettings;
import dev.swarmdex.server.settings.ServerSettings;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running index server. It owns its store, its service and its front-ends. */
public final class IndexServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexServer.class);

    private final IndexStore store;
    private final IndexService service;
    private final List<FrontEnd> frontEnds = new ArrayList<>();
    private boolean closed;

    private IndexServer(IndexStore store, IndexService service) {
        this.store = store;
        this.service = service;
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
        IndexStore store = DatabaseStore.open(storeSettings);
        Map<String, Duration> leases = settings.frontend().stream()
                .collect(Collectors.toMap(table -> table.protocol().via(), FrontEndSettings::leaseLength));
        IndexServer server = new IndexServer(store, new IndexService(store, leases, nanoTime));
        try {
            server.report(url, Duration.ofNanos(System.nanoTime() - began));
            server.listen(settings.frontend());
            return server;
        } catch (CannotListenException | RuntimeException e) {
            server.close();
            throw e;
        }
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
        frontEnds.reversed().forEach(FrontEnd::close);
        service.close();
        store.close();
        LOG.info("index server stopped in {} ms", Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    private void listen(List<FrontEndSettings> tables) throws CannotListenException {
        service.start();
        for (FrontEndSettings table : tables) {
            FrontEnd frontEnd = table.make(service);
            frontEnd.start();
            frontEnds.add(frontEnd);
        }
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
