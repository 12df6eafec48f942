package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The MD5s of the contents that were asked for lately, so that each is read for that once. A content id stands for the
 * same bytes for ever, so nothing here gets stale. Safe for many threads.
 */
final class Md5Cache {

    private static final int MOST = 10_000;
    /** How soon who waits notices that nobody is left to tell. */
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Map<ContentId, String> known = Collections.synchronizedMap(new LeastRecentlyUsed());
    private final Map<ContentId, CompletableFuture<String>> running = new ConcurrentHashMap<>();
    /** However many contents are asked for, no more are read at a time than there are processors to digest them. */
    private final Semaphore readers = new Semaphore(Runtime.getRuntime().availableProcessors());

    /**
     * The MD5 of a content; takes long the first time, and waits for whoever computes it already.
     *
     * @param awaited whether whoever asks still waits; a digest that has been begun is finished even so, because who gave up
     *        may ask again
     * @param wanted as in {@link Md5#of}
     */
    String of(SharedContent content, BooleanSupplier awaited, BooleanSupplier wanted) throws IOException {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> others = running.putIfAbsent(content.id(), mine);
        if (others != null) {
            return await(others, awaited);
        }
        try {
            String md5 = known.get(content.id());
            if (md5 == null) {
                md5 = compute(content, awaited, wanted);
                known.put(content.id(), md5);
            }
            mine.complete(md5);
            return md5;
        } catch (IOException | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(content.id());
            // changes nothing but after an Error, when the others would wait for ever
            mine.completeExceptionally(new IOException("the MD5 could not be computed"));
        }
    }

    private String compute(SharedContent content, BooleanSupplier awaited, BooleanSupplier wanted)
            throws IOException {
        try {
            while (!readers.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                requireAwaited(awaited);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            return Md5.of(content, wanted);
        } finally {
            readers.release();
        }
    }

    private static String await(CompletableFuture<String> digest, BooleanSupplier awaited) throws IOException {
        while (true) {
            try {
                return digest.get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                requireAwaited(awaited);
            } catch (ExecutionException e) {
                throw new IOException(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private static void requireAwaited(BooleanSupplier awaited) throws IOException {
        if (!awaited.getAsBoolean()) {
            throw new IOException("who asked for the MD5 has left");
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for an MD5");
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<ContentId, String> {

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<ContentId, String> eldest) {
            return size() > MOST;
        }
    }
}
