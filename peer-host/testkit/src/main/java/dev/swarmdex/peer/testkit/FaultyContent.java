package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A content that can be sent up to the middle, where something happens instead. */
final class FaultyContent implements SharedContent {

    private final SharedContent content;
    private final Fault fault;

    /** What happens in the middle. */
    @FunctionalInterface
    interface Fault {

        void happen() throws IOException;
    }

    FaultyContent(SharedContent content, Fault fault) {
        this.content = content;
        this.fault = fault;
    }

    /** One that stops in the middle and says so, until it is told to go on. */
    static FaultyContent stalling(SharedContent content, CountDownLatch stalled, CountDownLatch goOn) {
        return new FaultyContent(content, () -> {
            stalled.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
    }

    @Override
    public String name() {
        return content.name();
    }

    @Override
    public ContentId id() {
        return content.id();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        return content.pieceHashes(pieceSize);
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
        long middle = size() / 2;
        if (offset <= middle && middle < offset + length) {
            content.transferTo(offset, middle - offset, target);
            fault.happen();
            content.transferTo(middle, offset + length - middle, target);
        } else {
            content.transferTo(offset, length, target);
        }
    }
}
