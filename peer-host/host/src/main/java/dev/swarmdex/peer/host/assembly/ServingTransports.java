package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.host.download.LocalNetworks;
import dev.swarmdex.peer.host.plugin.MissingPluginException;
import dev.swarmdex.peer.host.plugin.PluginHost;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transports that this host serves by: one for each {@code [[transport]]} table of the config that has a bind, as long
 * as a plugin is there for it. One thread follows the plugins; anybody may ask for the endpoints.
 */
final class ServingTransports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServingTransports.class);
    /** Beside the plugins' changes: a transport that could not listen tries it again. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(4);

    private final PluginHost plugins;
    private final List<ServedTransport> transports;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("transports").factory(), new ThreadPoolExecutor.DiscardPolicy());
    /** What is in the way of each transport that does not serve, as it was last logged. */
    private final Map<String, String> obstacles = new HashMap<>();
    private volatile List<ServedTransport.Listening> listening = List.of();
    private volatile Runnable onChange = () -> {};

    private ServingTransports(PluginHost plugins, List<ServedTransport> transports) {
        this.plugins = plugins;
        this.transports = transports;
    }

    /**
     * Starts all whose plugins are there; those that are missing start once they come.
     *
     * @throws IOException when one can't listen, or when the plugins of all of them are missing: a host that is to serve
     *         and does not is one that its operator would notice too late
     */
    static ServingTransports start(List<HostConfig.TransportTable> tables, PluginHost plugins, Shelf shelf)
            throws IOException {
        ServingTransports serving = new ServingTransports(plugins, tables.stream()
                .flatMap(table -> table.bind().map(bind -> new ServedTransport(table, bind, shelf)).stream()).toList());
        try {
            serving.startAll();
        } catch (IOException | RuntimeException failure) {
            serving.close();
            throw failure;
        }
        serving.follow();
        return serving;
    }

    private void startAll() throws IOException {
        Map<ServedTransport, MissingPluginException> missing = new LinkedHashMap<>();
        for (ServedTransport each : transports) {
            try {
                each.follow(Optional.of(plugins.transport(each.scheme())));
            } catch (MissingPluginException absent) {
                missing.put(each, absent);
            }
        }
        listening = current();
        if (listening.isEmpty() && !missing.isEmpty()) {
            Map.Entry<ServedTransport, MissingPluginException> first = missing.entrySet().iterator().next();
            throw ConfigValueException.of("transport." + first.getKey().scheme() + ".scheme", first.getValue());
        }
        missing.forEach(this::obstacle);
    }

    private void follow() {
        plugins.onChange(() -> thread.execute(this::look));
        var _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (ServedTransport each : transports) {
            try {
                follow(each);
            } catch (IOException | RuntimeException failure) {
                obstacle(each, failure);
            }
        }
        List<ServedTransport.Listening> now = current();
        if (!now.equals(listening)) {
            listening = now;
            onChange.run();
        }
    }

    private void follow(ServedTransport each) throws IOException {
        @Nullable
        Transport transport = null;
        try {
            transport = plugins.transport(each.scheme());
        } catch (MissingPluginException absent) {
            obstacle(each, absent);
        }
        each.follow(Optional.ofNullable(transport));
        if (transport != null) {
            obstacles.remove(each.scheme());
        }
    }

    /** Says it once, not at every look. */
    private void obstacle(ServedTransport transport, Exception why) {
        String reason = String.valueOf(why.getMessage());
        if (!reason.equals(obstacles.put(transport.scheme(), reason))) {
            LOG.warn("does not serve by {}: {}", transport.scheme(), reason);
        }
    }

    private List<ServedTransport.Listening> current() {
        return transports.stream().map(ServedTransport::listening).flatMap(Optional::stream).toList();
    }

    /** Where this host serves right now. */
    List<Endpoint> endpoints() {
        return listening.stream().map(ServedTransport.Listening::endpoint).toList();
    }

    /** Whether this is where one of them listens. */
    boolean isOwn(dev.swarmdex.peer.api.Endpoint endpoint) {
        return listening.stream().anyMatch(
                own -> own.endpoint().scheme().equals(endpoint.scheme()) && own.port() == endpoint.port())
                && LocalNetworks.isThisMachine(endpoint.host());
    }

    /** Is called after each change of the endpoints from now on; it must not block. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Ends all that is served, within seconds. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a transport is still starting, left behind");
                return;
            }
            List<Thread> closing = transports.stream().map(each -> Thread.ofVirtual().start(each::close)).toList();
            for (Thread each : closing) {
                each.join();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
