package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.PieceSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The file that a download of verified pieces grows in, {@code NAME.part}, and the note beside it,
 * {@code NAME.part.pieces}, of the pieces it is known to hold; of a very long name only the beginning, see {@link WorkingName}.
 * It gets its real name only when it is whole.
 *
 * <p>The note is written only after the data it speaks of was flushed, so a crash at any moment costs what came since
 * the last note and never makes an unwritten piece look stored. For threads what is said of {@link GrowingFile} holds.
 */
final class PartFile implements AutoCloseable {

    /** What the names of files end in that belong to downloads under way; they are never shared. */
    private static final String SUFFIX = ".part";
    private static final String NOTE_SUFFIX = ".part.pieces";
    private static final int LARGEST_NOTE = 64 << 20;
    /** From this size on, a file is not likely to be read again before the page cache has better use for the room. */
    private static final long LARGE = 256L << 20;

    private final GrowingFile file;
    private final Path note;
    private final ContentId id;
    private final long size;
    private final BitSet stored;

    private PartFile(GrowingFile file, Path note, ContentId id, long size, BitSet stored) {
        this.file = file;
        this.note = note;
        this.id = id;
        this.size = size;
        this.stored = stored;
    }

    /**
     * Opens the part file of a target: the one of an earlier attempt at the same content, or a new one.
     *
     * @throws DownloadException when the file belongs to something else, is in use, or can't fit on the disk
     */
    static PartFile open(Path target, ContentId id, long size) throws IOException {
        Path part = WorkingName.beside(target, SUFFIX);
        Path note = WorkingName.beside(target, NOTE_SUFFIX);
        boolean resumes = Files.exists(part);
        BitSet stored = resumes
                ? note(target, id, size).orElseThrow(() -> new DownloadException(
                        part + " is not a part of this content; move it away, or use -o to download elsewhere"))
                : new BitSet();
        if (!resumes) {
            GrowingFile.requireSpace(target, size);
            writeNote(note, id, size, stored);
        }
        GrowingFile file = GrowingFile.open(target, SUFFIX);
        try {
            file.setLength(size);
            if (size >= LARGE) {
                file.writePastCache();
            }
            return new PartFile(file, note, id, size, stored);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /** How many bytes of the content an attempt has stored so far, as its last note tells; 0 where there is none. */
    static long bytesStored(Path target, ContentId id, long size) throws IOException {
        if (!Files.exists(WorkingName.beside(target, SUFFIX))) {
            return 0;
        }
        int pieceSize = PieceSize.of(size);
        return note(target, id, size).orElseGet(BitSet::new).stream()
                .mapToLong(piece -> Math.clamp(size - (long) piece * pieceSize, 0, pieceSize)).sum();
    }

    /**
     * Removes the part file of a target, and its note, if it belongs to something else than this content.
     *
     * @throws DownloadException when it is in use
     */
    static void discardOther(Path target, ContentId id, long size) throws IOException {
        if (!Files.exists(WorkingName.beside(target, SUFFIX)) || note(target, id, size).isPresent()) {
            return;
        }
        try (GrowingFile other = GrowingFile.open(target, SUFFIX)) {
            other.discard();
        }
        Files.deleteIfExists(WorkingName.beside(target, NOTE_SUFFIX));
    }

    /** The pieces that an earlier attempt stored, as of the opening. */
    BitSet stored() {
        return (BitSet) stored.clone();
    }

    /** Where the bytes are until the download is whole. */
    Path path() {
        return file.path();
    }

    /** Writes verified bytes in place. */
    void write(long offset, ByteBuffer bytes) throws IOException {
        file.write(offset, bytes);
    }

    /** Makes the verified pieces last through a crash. */
    void checkpoint(BitSet verified) throws IOException {
        file.flush();
        writeNote(note, id, size, verified);
    }

    /** Gives the whole file its name. */
    void finish() throws IOException {
        file.finish();
        Files.deleteIfExists(note);
    }

    /** Removes it and its note. */
    void discard() throws IOException {
        file.discard();
        Files.deleteIfExists(note);
    }

    @Override
    public void close() throws IOException {
        file.close();
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
        } catch (IOException full) {
            Files.deleteIfExists(fresh);
            throw full;
        }
        Files.move(fresh, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The pieces that are stored as the note of a target tells, if it is one of this content. */
    private static Optional<BitSet> note(Path target, ContentId id, long size) throws IOException {
        Path note = WorkingName.beside(target, NOTE_SUFFIX);
        return Files.exists(note) && Files.size(note) <= LARGEST_NOTE
                ? parseNote(Files.readAllBytes(note), id, size)
                : Optional.empty();
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
