package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The file that a download grows in, {@code NAME.part}, and the note beside it, {@code NAME.part.pieces}, of the pieces
 * it is known to hold. It gets its real name only when it is whole.
 *
 * <p>The note is written only after the data it speaks of was flushed, so a crash at any moment costs what came since
 * the last note and never makes an unwritten piece look stored. Writes may come from any thread that is never
 * interrupted; the rest is for the one that owns the download, which may be: it uses no interruptible channel, because an
 * interrupt would close that for all.
 */
final class PartFile implements AutoCloseable {

    /** What the names of files end in that belong to downloads under way; they are never shared. */
    private static final String SUFFIX = ".part";
    private static final String NOTE_SUFFIX = ".part.pieces";
    /** Writing in slices keeps the JDK's per-thread copy of a heap buffer small. */
    private static final int WRITE_SLICE = 1 << 20;
    private static final int LARGEST_NOTE = 64 << 20;

    private final Path target;
    private final Path part;
    private final Path note;
    private final ContentId id;
    private final long size;
    private final RandomAccessFile file;
    private final BitSet stored;

    private PartFile(Path target, ContentId id, long size, RandomAccessFile file, BitSet stored) {
        this.target = target;
        this.part = sibling(target, SUFFIX);
        this.note = sibling(target, NOTE_SUFFIX);
        this.id = id;
        this.size = size;
        this.file = file;
        this.stored = stored;
    }

    /**
     * Opens the part file of a target: the one of an earlier attempt at the same content, or a new one.
     *
     * @throws DownloadException when the file belongs to something else, is in use, or can't fit on the disk
     */
    static PartFile open(Path target, ContentId id, long size) throws IOException {
        Path part = sibling(target, SUFFIX);
        Path note = sibling(target, NOTE_SUFFIX);
        if (target.getParent() != null) {
            Files.createDirectories(target.getParent());
        }
        boolean resumes = Files.exists(part);
        BitSet stored = resumes ? readNote(part, note, id, size) : new BitSet();
        if (!resumes) {
            requireSpace(target, size);
            writeNote(note, id, size, stored);
        }
        RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw");
        try {
            lock(file.getChannel(), part);
            file.setLength(size);
            return new PartFile(target, id, size, file, stored);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    private static void lock(FileChannel channel, Path part) throws IOException {
        @Nullable
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            lock = null;
        }
        if (lock == null) {
            throw new DownloadException("another download is writing " + part + "; wait for it, or use -o");
        }
    }

    private static void requireSpace(Path target, long size) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < size) {
            throw new DownloadException("disk full: %s needs %,d bytes and %s has %,d free; make room, or use -o"
                    .formatted(target.getFileName(), size, folder, free));
        }
    }

    /** The pieces that an earlier attempt stored, as of the opening. */
    BitSet stored() {
        return (BitSet) stored.clone();
    }

    /** Where the bytes are until the download is whole. */
    Path path() {
        return part;
    }

    /** Writes verified bytes in place. */
    void write(long offset, byte[] bytes, int length) throws IOException {
        for (int done = 0; done < length;) {
            ByteBuffer slice = ByteBuffer.wrap(bytes, done, Math.min(WRITE_SLICE, length - done));
            done += file.getChannel().write(slice, offset + done);
        }
    }

    /** Makes the verified pieces last through a crash. */
    void checkpoint(BitSet verified) throws IOException {
        file.getFD().sync();
        writeNote(note, id, size, verified);
    }

    /** Gives the whole file its name. */
    void finish() throws IOException {
        file.getFD().sync();
        file.close();
        try {
            Files.move(part, target);
        } catch (FileAlreadyExistsException exists) {
            throw new DownloadException(target + " came into being meanwhile; the download is whole in " + part,
                    exists);
        }
        Files.deleteIfExists(note);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static Path sibling(Path target, String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    private static void writeNote(Path note, ContentId id, long size, BitSet pieces) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(id.toString());
        out.writeLong(size);
        byte[] bits = pieces.toByteArray();
        out.writeInt(bits.length);
        out.write(bits);
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        Path fresh = note.resolveSibling(note.getFileName() + ".new");
        try (FileOutputStream file = new FileOutputStream(fresh.toFile())) {
            bytes.writeTo(file);
            file.getFD().sync();
        }
        Files.move(fresh, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static BitSet readNote(Path part, Path note, ContentId id, long size) throws IOException {
        Optional<BitSet> pieces = Files.exists(note) && Files.size(note) <= LARGEST_NOTE
                ? parseNote(Files.readAllBytes(note), id, size)
                : Optional.empty();
        return pieces.orElseThrow(() -> new DownloadException(
                part + " is not a part of this content; move it away, or use -o to download elsewhere"));
    }

    private static Optional<BitSet> parseNote(byte[] bytes, ContentId id, long size) throws IOException {
        if (bytes.length < Long.BYTES
                || checksum(bytes, bytes.length - Long.BYTES) != ByteBuffer.wrap(bytes)
                        .getLong(bytes.length - Long.BYTES)) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (!in.readUTF().equals(id.toString()) || in.readLong() != size) {
            return Optional.empty();
        }
        return Optional.of(BitSet.valueOf(in.readNBytes(in.readInt())));
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
