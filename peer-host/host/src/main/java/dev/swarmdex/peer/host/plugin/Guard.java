package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the host and one extension of a plugin: whatever the plugin throws, the host sees an IOException, and
 * the plugin's conduct is noted.
 *
 * @param label what it is, say {@code transport tcp}
 * @param uses what is under way in the plugin
 */
record Guard(String label, Uses uses, Conduct conduct) {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** Something that is asked of a plugin. */
    @FunctionalInterface
    interface Call<T> {

        T run() throws IOException;
    }

    /** Begins a use of the plugin, which whoever asked ends. */
    void begin() throws IOException {
        if (conduct.offReason().isPresent()) {
            throw new IOException(label + " is switched off: " + conduct.offReason().get());
        }
        if (!uses.begin()) {
            throw new IOException("the plugin for " + label + " was removed");
        }
    }

    /** Calls the plugin on this thread. */
    @SuppressWarnings("CatchThrowable") // a stranger's code: its errors are for the host to survive
    <T> T watch(String method, Call<T> call) throws IOException {
        try {
            T result = Objects.requireNonNull(call.run(), "it returned null");
            conduct.succeeded();
            return result;
        } catch (IOException peerFailed) {
            throw peerFailed;
        } catch (Throwable broken) {
            throw conduct.failed(label + ": " + method, broken);
        }
    }

    /**
     * Calls the plugin, and gives up on it after a while.
     *
     * @throws IllegalArgumentException when the plugin throws one: that is how it refuses options
     */
    <T> T watchWithin(Duration limit, String method, Call<T> call) throws IOException {
        try {
            T result = TimeLimit.call(label, limit, () -> Objects.requireNonNull(call.run(), "it returned null"));
            conduct.succeeded();
            return result;
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw failure(method, thrown);
        } catch (TimeoutException hung) {
            throw hung(method, limit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(label + ": " + method + " was interrupted", stopped);
        }
    }

    /** Has the plugin close something, and gives up on it after a while; never throws. */
    void close(Duration limit, String method, Runnable call) {
        try {
            TimeLimit.callUninterrupted(label, limit, () -> {
                call.run();
                return label;
            });
            conduct.succeeded();
        } catch (ExecutionException thrown) {
            LOG.debug("{}", failure(method, thrown).getMessage());
        } catch (TimeoutException hung) {
            LOG.debug("{}", hung(method, limit).getMessage());
        }
    }

    private IOException failure(String method, ExecutionException thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return cause instanceof IOException peerFailed ? peerFailed : conduct.failed(label + ": " + method, cause);
    }

    private IOException hung(String method, Duration limit) {
        return conduct.hung(label + ": " + method, limit.toMillis() + " ms");
    }
}
