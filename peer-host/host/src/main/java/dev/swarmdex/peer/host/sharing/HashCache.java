package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hashes of files, kept across restarts in one file that is only appended to: a {@link HashRecord} per version of a
 * file, the latest one counting. Only where a record is stays in memory, since the piece hashes of many large files would
 * fill it. What a crash leaves half-written at the end is cut off at the next start. Safe for many threads.
 *
 * <p>A file is found by its path or, if that is new, by its file key, so that a renamed file keeps its hashes; size, time of
 * modification and the file's number must be the same. Files that are gone are remembered for a while too: the disk they are
 * on may come back.
 */
final class HashCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HashCache.class);
    /** What the file begins with; it changes with the format. */
    private static final byte[] MAGIC = "SWDXHAS1".getBytes(StandardCharsets.US_ASCII);
    /** How many bytes of outdated records, and of records of files that are gone, are left alone. */
    private static final long SLACK = 64L << 20;

    private record Entry(Fingerprint fingerprint, ContentId root, long position, int length) {}

    private record Unwritten(Fingerprint fingerprint, HashTree tree) {}

    private final Path file;
    private final FileHasher hasher;
    private final long slack;
    /** By path; those put first come first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> pathsByFileKey = new HashMap<>();
    /** By path, what could not be written yet: it is in use all the same. */
    private final Map<String, Unwritten> unwritten = new LinkedHashMap<>();
    private FileChannel channel;
    private long end = MAGIC.length;
    private long live;
    private boolean writable = true;

    private HashCache(Path file, FileHasher hasher, long slack, FileChannel channel) {
        this.file = file;
        this.hasher = hasher;
        this.slack = slack;
        this.channel = channel;
    }

    /** Opens the cache of one hash algorithm in this folder, which no other process may use meanwhile. */
    static HashCache open(Path folder, FileHasher hasher) throws IOException {
        return open(folder, hasher, SLACK);
    }

    static HashCache open(Path folder, FileHasher hasher, long slack) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("hashes-" + hasher.algorithm());
        FileChannel channel = openFile(file);
        try {
            HashCache cache = new HashCache(file, hasher, slack, channel);
            cache.load();
            return cache;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel openFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void load() throws IOException {
        long size = channel.size();
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            if (Arrays.equals(stream.readNBytes(MAGIC.length), MAGIC)) {
                Optional<HashRecord.Stored> found = HashRecord.read(stream, size - end);
                while (found.isPresent()) {
                    index(found.get().hashes(), end, found.get().length());
                    end += found.get().length();
                    found = HashRecord.read(stream, size - end);
                }
            } else {
                writeAll(channel, ByteBuffer.wrap(MAGIC), 0);
            }
        }
        if (size > end) {
            LOG.warn("{}: dropped {} damaged bytes at the end; the files they were about are hashed again", file,
                    size - end);
            channel.truncate(end);
        }
    }

    private void index(HashRecord found, long position, int length) {
        remove(found.path());
        entries.put(found.path(), new Entry(found.fingerprint(), found.root(), position, length));
        live += length;
        if (!found.fingerprint().fileKey().isEmpty()) {
            pathsByFileKey.put(found.fingerprint().fileKey(), found.path());
        }
    }

    private void remove(String path) {
        Entry removed = entries.remove(path);
        if (removed != null) {
            live -= removed.length;
            pathsByFileKey.remove(removed.fingerprint.fileKey(), path);
        }
    }

    /**
     * The id of the content that the file had when it was hashed, if it has not changed since. A renamed file is found by its new
     * path from now on: so this may write, and is not for threads that may be interrupted.
     */
    synchronized Optional<ContentId> find(Path path, Fingerprint fingerprint) {
        Optional<ContentId> here = at(path, fingerprint);
        return here.isPresent()
                ? here
                : former(fingerprint).flatMap(this::treeOf).map(tree -> {
                    put(path, fingerprint, tree);
                    return tree.root();
                });
    }

    /** The same, without writing anything. */
    synchronized Optional<ContentId> look(Path path, Fingerprint fingerprint) {
        Optional<ContentId> here = at(path, fingerprint);
        return here.isPresent() ? here : former(fingerprint).map(Entry::root);
    }

    private Optional<ContentId> at(Path path, Fingerprint fingerprint) {
        return waiting(path, fingerprint).map(HashTree::root).or(() -> written(path, fingerprint).map(Entry::root));
    }

    private Optional<HashTree> waiting(Path path, Fingerprint fingerprint) {
        return Optional.ofNullable(unwritten.get(path.toString()))
                .filter(each -> each.fingerprint.sameVersion(fingerprint)).map(Unwritten::tree);
    }

    private Optional<Entry> written(Path path, Fingerprint fingerprint) {
        return Optional.ofNullable(entries.get(path.toString()))
                .filter(entry -> entry.fingerprint.sameVersion(fingerprint));
    }

    private Optional<Entry> former(Fingerprint fingerprint) {
        return Optional.ofNullable(pathsByFileKey.get(fingerprint.fileKey())).map(entries::get)
                .filter(entry -> entry.fingerprint.sameVersion(fingerprint));
    }

    /** The hashes of the file's pieces, one after the other, if it has not changed since it was hashed. */
    synchronized Optional<byte[]> pieceHashes(Path path, Fingerprint fingerprint) {
        return waiting(path, fingerprint).or(() -> written(path, fingerprint).flatMap(this::treeOf))
                .map(HashTree::pieceHashes);
    }

    private Optional<HashTree> treeOf(Entry entry) {
        long size = entry.fingerprint.size();
        int length = HashTree.pieceCount(size) * hasher.newDigest().getDigestLength();
        try {
            byte[] hashes = read(entry.position + entry.length - length, length);
            Optional<HashTree> tree = HashTree.verified(hasher, entry.root, size, hashes);
            if (tree.isEmpty()) {
                LOG.warn("{} is damaged at byte {}", file, entry.position);
            }
            return tree;
        } catch (IOException e) {
            LOG.warn("cannot read {}: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** Reads by a file of its own: an interrupt of the reading thread would close the channel for all. */
    private byte[] read(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            reader.seek(position);
            reader.readFully(bytes);
        }
        return bytes;
    }

    /**
     * Keeps the hashes of the file; if the disk is full or fails, they are kept in memory until the next ones can be written, and
     * the file is hashed again after a restart before that.
     */
    synchronized void put(Path path, Fingerprint fingerprint, HashTree tree) {
        unwritten.put(path.toString(), new Unwritten(fingerprint, tree));
        try {
            if (!channel.isOpen()) {
                channel = openFile(file);
            }
            for (var next = unwritten.entrySet().iterator(); next.hasNext();) {
                var each = next.next();
                write(each.getKey(), each.getValue());
                next.remove();
            }
            writable = true;
        } catch (IOException e) {
            if (writable) {
                LOG.warn("cannot write {}, so files are hashed again after a restart: {}", file, e.toString());
            }
            writable = false;
        }
    }

    private void write(String path, Unwritten hashes) throws IOException {
        HashRecord added = new HashRecord(path, hashes.fingerprint, hashes.tree.root());
        ByteBuffer bytes = added.encode(hashes.tree.pieceHashes());
        int length = bytes.remaining();
        writeAll(channel, bytes, end);
        index(added, end, length);
        end += length;
    }

    private static void writeAll(FileChannel to, ByteBuffer bytes, long position) throws IOException {
        int start = bytes.position();
        while (bytes.hasRemaining()) {
            to.write(bytes, position + bytes.position() - start);
        }
    }

    /**
     * Forgets files that are gone, the oldest first, while they take more room than the others, and rewrites the cache
     * when it is mostly outdated.
     *
     * @param exists tells whether a path is still that of a file to be shared
     */
    synchronized void trim(Predicate<String> exists) {
        List<String> gone = entries.keySet().stream().filter(path -> !exists.test(path)).toList();
        long goneBytes = gone.stream().mapToLong(path -> length(entries.get(path))).sum();
        for (String path : gone) {
            if (goneBytes <= Math.max(slack, live - goneBytes)) {
                break;
            }
            goneBytes -= length(entries.get(path));
            remove(path);
        }
        if (end - live > Math.max(slack, live)) {
            compact();
        }
    }

    private static int length(@Nullable Entry entry) {
        return entry == null ? 0 : entry.length;
    }

    private void compact() {
        Path compacted = file.resolveSibling(file.getFileName() + ".new");
        Map<String, Entry> moved = new LinkedHashMap<>();
        long position = MAGIC.length;
        try {
            FileChannel target = openFile(compacted);
            try {
                target.truncate(0);
                writeAll(target, ByteBuffer.wrap(MAGIC), 0);
                for (Map.Entry<String, Entry> each : entries.entrySet()) {
                    Entry entry = each.getValue();
                    writeAll(target, ByteBuffer.wrap(read(entry.position, entry.length)), position);
                    moved.put(each.getKey(), new Entry(entry.fingerprint, entry.root, position, entry.length));
                    position += entry.length;
                }
                Files.move(compacted, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                target.close();
                throw e;
            }
            channel.close();
            channel = target;
            entries.putAll(moved);
            end = position;
        } catch (IOException e) {
            LOG.warn("cannot rewrite {}: {}", file, e.toString());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
