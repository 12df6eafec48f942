package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A shelf of real files, each with one digest for its pieces of 64 KiB. */
final class FileShelf implements Shelf {

    static final int PIECE = 64 << 10;

    private final Map<String, SharedContent> contents = new ConcurrentHashMap<>();

    SharedContent add(String name, Path file) throws IOException {
        byte[] digest = sha256(Files.readAllBytes(file));
        SharedContent content = new FileContent(name, ContentId.of("sha256-tree", digest), Files.size(file), file);
        contents.put(name, content);
        return content;
    }

    void remove(String name) {
        contents.remove(name);
    }

    @Override
    public Optional<SharedContent> find(ContentReference wanted) {
        if (wanted.id().isPresent()) {
            return contents.values().stream().filter(content -> content.id().equals(wanted.id().get())).findAny();
        }
        return wanted.name().map(contents::get);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private record FileContent(String name, ContentId id, long size, Path file) implements SharedContent {

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return pieceSize == PIECE ? Optional.of(id.digest()) : Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            try (FileChannel source = FileChannel.open(file)) {
                long end = offset + length;
                for (long at = offset; at < end;) {
                    long sent = source.transferTo(at, end - at, target);
                    at += sent > 0 ? sent : waitAndWrite(source, at, end, target);
                }
            }
        }

        /** What SharedContent's contract says about a socket that is full. */
        private static int waitAndWrite(FileChannel source, long at, long end, WritableByteChannel target)
                throws IOException {
            ByteBuffer some = ByteBuffer.allocate((int) Math.min(16 << 10, end - at));
            if (source.read(some, at) <= 0) {
                throw new EOFException("the file has become shorter");
            }
            int written = some.flip().remaining();
            while (some.hasRemaining()) {
                target.write(some);
            }
            return written;
        }
    }
}
