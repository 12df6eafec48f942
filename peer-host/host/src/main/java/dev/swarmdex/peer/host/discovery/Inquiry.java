package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.host.download.PluginSet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks peers themselves whether they have a content, all of them at once. Safe for any number of threads. */
public final class Inquiry {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final PluginSet plugins;

    /** An inquiry by those transports. */
    public Inquiry(PluginSet plugins) {
        this.plugins = plugins;
    }

    /** What an endpoint says that it has: an id and a size where its protocol tells them. */
    record Answer(Endpoint endpoint, Optional<ContentId> id, OptionalLong size) {}

    /** Those of the endpoints that have the content; one that fails or is too slow counts as one that has not. */
    List<Answer> whoHas(ContentReference content, Collection<Endpoint> endpoints) throws InterruptedException {
        List<Answer> answers = new ArrayList<>();
        eachAtOnce(endpoints.stream().<Callable<Optional<Answer>>>map(at -> () -> ask(content, at)).toList(), LONGEST)
                .forEach(answer -> answer.ifPresent(answers::add));
        return answers;
    }

    private Optional<Answer> ask(ContentReference content, Endpoint endpoint) {
        try (Connection connection = connect(endpoint)) {
            return connection.ask(content).map(offer -> new Answer(endpoint, offer.id(), offer.size()));
        } catch (IOException | RuntimeException failure) {
            LOG.debug("{} gives no answer about {}", endpoint, content, failure);
            return Optional.empty();
        }
    }

    /** Connects, within seconds. */
    Connection connect(Endpoint endpoint) throws IOException {
        return plugins.transport(endpoint.scheme()).connect(endpoint, plugins.transportOptions(endpoint.scheme()),
                PATIENCE);
    }

    /** The results of all that end in time; the others are interrupted, and left behind if that does not end them. */
    static <R> List<R> eachAtOnce(List<Callable<R>> tasks, Duration atMost) throws InterruptedException {
        List<R> results = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Future<R> task : threads.invokeAll(tasks, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    results.add(task.get());
                } catch (CancellationException slow) {
                    LOG.trace("too slow", slow);
                } catch (ExecutionException failure) {
                    throw new IllegalStateException(failure.getCause());
                }
            }
        } finally {
            // not close, which would wait for them
            threads.shutdownNow();
        }
        return results;
    }
}
