package dev.swarmdex.store.database;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.HashMap;
import java.util.Map;
import org.h2.store.fs.FileBaseDefault;

/**
 * A file as it was when it was opened, with private changes on top. {@link FileBaseDefault} has the position and the locks
 * between threads.
 */
final class SnapshotFile extends FileBaseDefault {

    private static final int BLOCK = 4096;

    private final FileChannel file;
    private final Closeable reading;
    private final Map<Long, byte[]> changed = new HashMap<>();
    private long size;
    /** From here on nothing is the file's. */
    private long end;

    /**
     * A snapshot of a file that is open for reading.
     *
     * @param file is closed with it
     * @param reading ends with it
     */
    SnapshotFile(FileChannel file, Closeable reading) throws IOException {
        this.file = file;
        this.reading = reading;
        size = file.size();
        end = size;
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
        if (position >= size) {
            return -1;
        }
        int length = (int) Math.min(target.remaining(), size - position);
        for (int done = 0; done < length;) {
            long at = position + done;
            int offset = (int) (at % BLOCK);
            int part = Math.min(length - done, BLOCK - offset);
            byte[] block = changed.get(at / BLOCK);
            if (block == null) {
                part = unchanged(at, length - done);
                readFile(target, at, part);
            } else {
                target.put(block, offset, part);
            }
            done += part;
        }
        return length;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        for (int done = 0; done < length;) {
            long at = position + done;
            int offset = (int) (at % BLOCK);
            int part = Math.min(length - done, BLOCK - offset);
            source.get(block(at / BLOCK), offset, part);
            done += part;
        }
        size = Math.max(size, position + length);
        return length;
    }

    @Override
    public void force(boolean metaData) {
        // nothing of it is to last
    }

    @Override
    public FileLock tryLock(long position, long length, boolean shared) {
        return new FileLock((FileChannel) this, position, length, shared) {

            @Override
            public boolean isValid() {
                return isOpen();
            }

            @Override
            public void release() {
                // there is nobody to share it with
            }
        };
    }

    @Override
    protected synchronized void implTruncate(long newSize) {
        size = newSize;
        end = Math.min(end, newSize);
        changed.keySet().removeIf(number -> number * BLOCK >= newSize);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try (reading) {
            file.close();
        }
    }

    /** How many of the bytes from there on, up to that many, are in blocks that were not changed. */
    private int unchanged(long position, int most) {
        int length = (int) Math.min(most, BLOCK - position % BLOCK);
        while (length < most && !changed.containsKey((position + length) / BLOCK)) {
            length = Math.min(most, length + BLOCK);
        }
        return length;
    }

    private byte[] block(long number) throws IOException {
        byte[] block = changed.get(number);
        if (block == null) {
            block = new byte[BLOCK];
            readFile(ByteBuffer.wrap(block), number * BLOCK, BLOCK);
            changed.put(number, block);
        }
        return block;
    }

    /** Fills that much of the target; with zeros where the file has nothing. */
    private void readFile(ByteBuffer target, long position, int length) throws IOException {
        int limit = target.limit();
        int last = target.position() + length;
        target.limit(target.position() + Math.clamp(end - position, 0, length));
        long at = position;
        while (target.hasRemaining()) {
            int count = file.read(target, at);
            if (count < 0) {
                break; // the server has cut it off meanwhile; H2 finds that out by its check sums
            }
            at += count;
        }
        target.limit(last);
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
        target.limit(limit);
    }
}
