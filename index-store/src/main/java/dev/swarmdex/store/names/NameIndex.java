package dev.swarmdex.store.names;

import dev.swarmdex.store.state.Names;
import dev.swarmdex.store.state.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the names of open contents in files that can be searched. A thread of its own writes to them what is reported
 * to it, about a second's changes at a time; what is not there yet is found in memory. So a search shows whatever is
 * committed, but for misspelt words, which may take that second. Safe for any number of threads, as {@link Names} says;
 * closed once.
 */
public final class NameIndex implements Names, AutoCloseable {

    private static final Duration GATHERING = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(NameIndex.class);

    private final Place place;
    private final RecentNames recent = new RecentNames();
    private final Thread thread;
    private final AtomicBoolean work = new AtomicBoolean();
    private volatile @Nullable Source toLearn;
    private volatile @Nullable NameFiles files;
    private volatile boolean attentive;
    private volatile boolean closed;

    /** Where files are made, which can fail. */
    private interface Place {

        NameFiles make() throws IOException;
    }

    private NameIndex(Place place) {
        this.place = place;
        thread = Thread.ofPlatform().name("index-store-names").daemon().unstarted(this::run);
    }

    /** An index in that folder, of which it is the only user: what is in it is removed, at the end the folder, too. */
    public static NameIndex open(Path folder) {
        return open(() -> NameFiles.create(folder));
    }

    /**
     * An index in a new folder among those of other servers, in a place that many use: what killed servers left there
     * is removed.
     */
    public static NameIndex openIn(Path parent) {
        return open(() -> NameFiles.createIn(parent));
    }

    private static NameIndex open(Place place) {
        var index = new NameIndex(place);
        index.thread.start();
        return index;
    }

    @Override
    public void opened(long number, String name) {
        if (attentive) {
            recent.opened(number, name);
            wake();
        }
    }

    @Override
    public void ended(long number) {
        if (attentive) {
            recent.ended(number);
            wake();
        }
    }

    @Override
    public synchronized void forget() {
        attentive = false;
        files = null;
        toLearn = null;
        recent.clear();
    }

    @Override
    public synchronized void learn(Source open) {
        toLearn = open;
        attentive = true;
        wake();
    }

    @Override
    public Optional<Found> find(Words words, long from, int most) {
        NameFiles known = files;
        if (known == null || words.words().isEmpty()) {
            return Optional.empty();
        }
        try {
            // before the files: what is written to them meanwhile is found twice rather than not at all
            List<Long> young = recent.find(words, from);
            Found found = known.exactly(words, from, most);
            if (young.isEmpty() && found.numbers().isEmpty() && !recent.has(words) && !known.has(words)) {
                return Optional.of(known.nearly(words, from, most));
            }
            return Optional.of(merged(found, young, most));
        } catch (AlreadyClosedException e) {
            LOG.debug("the index of names was closed meanwhile", e);
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("the index of names can't be read: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(LONGEST_CLOSE)) {
                LOG.warn("the index of names hangs; closing without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the files have beyond the last number that is shown comes with the next page. */
    private static Found merged(Found found, List<Long> young, int most) {
        long end = found.more() ? found.numbers().getLast() : Long.MAX_VALUE;
        List<Long> all = LongStream.concat(found.numbers().stream().mapToLong(Long::longValue),
                young.stream().mapToLong(Long::longValue).filter(number -> number <= end))
                .sorted().distinct().boxed().toList();
        boolean cut = all.size() > most;
        return new Found(cut ? all.subList(0, most) : all, cut || found.more());
    }

    private void wake() {
        if (!work.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        try (NameFiles written = place.make()) {
            while (!closed) {
                // before anything is looked at: what is reported from now on asks for another turn
                if (!work.getAndSet(false)) {
                    LockSupport.park(this);
                } else if (toLearn != null) {
                    learnAll(written);
                } else {
                    gather();
                    written.write(recent);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "the index of names can't be kept: {}; until the next start, searches by words look at every name, and"
                            + " find no misspelt ones",
                    e.toString());
        } finally {
            attentive = false;
            files = null;
            recent.clear();
        }
    }

    /** Waits until some changes have come together, unless there is something else to do. */
    private void gather() {
        long end = System.nanoTime() + GATHERING.toNanos();
        for (long left = GATHERING.toNanos(); left > 0 && !closed && toLearn == null; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void learnAll(NameFiles written) throws IOException {
        Source source = toLearn;
        if (source == null) {
            return;
        }
        long start = System.nanoTime();
        written.clear();
        long from = 0;
        for (List<Named> part = source.part(from); !part.isEmpty() && source.equals(toLearn) && !closed; part = source
                .part(from)) {
            written.add(part);
            from = part.getLast().number() + 1;
        }
        written.write(recent);
        if (show(written, source)) {
            LOG.info("{} names can be searched after {} ms", written.size(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    /** Shows what has been learned, unless it has been forgotten meanwhile. */
    private synchronized boolean show(NameFiles written, Source learned) {
        if (closed || !learned.equals(toLearn)) {
            return false;
        }
        files = written;
        toLearn = null;
        return true;
    }
}
