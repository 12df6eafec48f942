package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The shelf as one server sees it, which knows whether the server is still being used. Safe for many threads. */
final class Traffic implements Shelf {

    private final Shelf shelf;
    private final AtomicInteger sending = new AtomicInteger();
    private volatile long latest = System.nanoTime();

    Traffic(Shelf shelf) {
        this.shelf = shelf;
    }

    /** Whether nothing has been asked for or sent for that long. */
    boolean hasBeenQuietFor(Duration time) {
        return sending.get() == 0 && System.nanoTime() - latest >= time.toNanos();
    }

    @Override
    public Optional<SharedContent> find(ContentReference content) {
        latest = System.nanoTime();
        return shelf.find(content).map(Sent::new);
    }

    @Override
    public Optional<PartialContent> findPartial(ContentReference content) {
        latest = System.nanoTime();
        return shelf.findPartial(content).map(part -> new ForwardingPart(part, new Sent(part)));
    }

    private interface Work {

        void run() throws IOException;
    }

    private final class Sent extends ForwardingContent {

        private Sent(SharedContent content) {
            super(content);
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            busyWith(() -> super.transferTo(offset, length, target));
        }

        /** Not sent, but somebody waits for what is made of it. */
        @Override
        public void read(long offset, long length, WritableByteChannel target) throws IOException {
            busyWith(() -> super.read(offset, length, target));
        }

        private void busyWith(Work work) throws IOException {
            sending.incrementAndGet();
            try {
                work.run();
            } finally {
                latest = System.nanoTime();
                sending.decrementAndGet();
            }
        }
    }
}
