package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A shared content in memory; its bytes are not copied. One digest stands for its pieces of {@value #PIECE} bytes. */
final class MemoryContent implements SharedContent {

    static final int PIECE = 64 << 10;

    private final String name;
    private final byte[] bytes;
    private final ContentId id;

    MemoryContent(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.id = ContentId.of("sha256", sha256(bytes));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ContentId id() {
        return id;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        return pieceSize == PIECE ? Optional.of(id.digest()) : Optional.empty();
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IOException("no such range: " + length + " bytes from " + offset);
        }
        ByteBuffer range = ByteBuffer.wrap(bytes, (int) offset, (int) length);
        while (range.hasRemaining()) {
            target.write(range);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
