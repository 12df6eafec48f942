package dev.swarmdex.store.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for one database file that remembers what has been forced, so that it can tell what a loss of power may leave:
 * all that was forced, and of each write since then nobody knows. A write happens as a whole or not at all.
 */
public final class LossyPath extends FilePathWrapper {

    static final String SCHEME = "lossy";

    private static final Disk DISK = new Disk();

    /** For H2, which makes one for each path. */
    public LossyPath() {}

    /** The disk, empty. From now on each write is told before it happens. */
    static Disk use(Consumer<Disk> beforeWrite) {
        FilePath.register(new LossyPath());
        DISK.empty(beforeWrite);
        return DISK;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        Path path = Path.of(getBase().toString());
        return new LossyFile(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE), DISK);
    }

    private interface Write {

        byte[] on(byte[] file);
    }

    /** What is on the disk for sure, and what may be. Safe for several threads. */
    static final class Disk {

        private final List<Write> since = new ArrayList<>();
        private byte[] forced = {};
        private Consumer<Disk> beforeWrite = _ -> {};

        private synchronized void empty(Consumer<Disk> tell) {
            forced = new byte[0];
            since.clear();
            beforeWrite = tell;
        }

        /** Whether a loss of power would change nothing. */
        synchronized boolean isAllForced() {
            return since.isEmpty();
        }

        /** Makes a file of what was forced and of those writes since that luck has chosen. */
        synchronized void losePower(Random luck, Path to) throws IOException {
            byte[] left = forced.clone();
            for (Write write : since) {
                left = luck.nextBoolean() ? write.on(left) : left;
            }
            Files.write(to, left);
        }

        private synchronized void write(Write write) {
            beforeWrite.accept(this);
            since.add(write);
        }

        private synchronized void force() {
            for (Write write : since) {
                forced = write.on(forced);
            }
            since.clear();
        }
    }

    private static final class LossyFile extends FileBaseDefault {

        private final FileChannel file;
        private final Disk disk;

        private LossyFile(FileChannel file, Disk disk) {
            this.file = file;
            this.disk = disk;
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.get(source.position(), bytes);
            disk.write(before -> {
                byte[] after = before.length < position + bytes.length
                        ? Arrays.copyOf(before, Math.toIntExact(position) + bytes.length)
                        : before;
                System.arraycopy(bytes, 0, after, Math.toIntExact(position), bytes.length);
                return after;
            });
            return file.write(source, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void force(boolean metaData) {
            disk.force();
        }

        @Override
        public FileLock tryLock(long position, long length, boolean shared) throws IOException {
            return file.tryLock(position, length, shared);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.write(before -> Arrays.copyOf(before, Math.min(before.length, Math.toIntExact(size))));
            file.truncate(size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
