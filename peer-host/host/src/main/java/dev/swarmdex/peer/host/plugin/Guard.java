package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
            return limited(limit, method, call);
        } catch (TimeoutException hung) {
            throw hung(method, limit);
        }
    }

    /**
     * As {@link #watchWithin}, for what depends on a peer: that it takes too long is no misconduct, or any peer could have
     * the plugin switched off, with its server.
     */
    <T> T awaitWithin(Duration limit, String method, Call<T> call) throws IOException {
        if (conduct.hasManyLeftBehind()) {
            throw new IOException(
                    label + ": too many of its calls do not end; replace its jar, or start the host again");
        }
        AtomicBoolean over = new AtomicBoolean();
        try {
            return limited(limit, method, () -> {
                try {
                    return call.run();
                } finally {
                    if (over.getAndSet(true)) {
                        conduct.cameBack();
                    }
                }
            });
        } catch (TimeoutException late) {
            if (!over.getAndSet(true)) {
                conduct.leftBehind();
            }
            throw new IOException(label + ": " + method + " did not end within " + limit.toMillis() + " ms", late);
        }
    }

    /** As {@link #awaitWithin}, for what takes no options to refuse. */
    <T> T askWithin(Duration limit, String method, Call<T> call) throws IOException {
        try {
            return awaitWithin(limit, method, call);
        } catch (IllegalArgumentException broken) {
            throw conduct.failed(label + ": " + method, broken);
        }
    }

    private <T> T limited(Duration limit, String method, Call<T> call) throws IOException, TimeoutException {
        try {
            T result = TimeLimit.call(label, limit, () -> Objects.requireNonNull(call.run(), "it returned null"));
            conduct.succeeded();
            return result;
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw failure(method, thrown);
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
