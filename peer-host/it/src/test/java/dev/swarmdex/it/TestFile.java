package dev.swarmdex.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A file of at least one byte, with random bytes that are the same for the same seed. */
final class TestFile {

    private static final int BLOCK = 16 << 10;
    private static final int HASH = 32;

    private final Path path;
    private final byte[] bytes;

    private TestFile(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    static TestFile create(Path path, int size, long seed) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.createDirectories(path.getParent());
        return new TestFile(Files.write(path, bytes), bytes);
    }

    Path path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    String name() {
        return path.getFileName().toString();
    }

    int size() {
        return bytes.length;
    }

    /** Its content id, computed as BEP 52 says, independently of the programs. */
    String id() {
        return "sha256-tree:" + HexFormat.of().formatHex(root(0, bytes.length, 1));
    }

    /** The roots of its pieces, one after the other; the file has more than one. */
    byte[] pieceHashes(int pieceSize) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (int from = 0; from < bytes.length; from += pieceSize) {
            hashes.writeBytes(root(from, Math.min(from + pieceSize, bytes.length), pieceSize / BLOCK));
        }
        return hashes.toByteArray();
    }

    /** The root above the blocks of a range, filled up with missing leaves to at least so many. */
    private byte[] root(int begin, int end, int leaves) {
        List<byte[]> layer = new ArrayList<>();
        for (int from = begin; from < end; from += BLOCK) {
            layer.add(sha256(Arrays.copyOfRange(bytes, from, Math.min(from + BLOCK, end))));
        }
        while (Integer.bitCount(layer.size()) != 1 || layer.size() < leaves) {
            layer.add(new byte[HASH]);
        }
        while (layer.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < layer.size(); i += 2) {
                above.add(sha256(layer.get(i), layer.get(i + 1)));
            }
            layer = above;
        }
        return layer.getFirst();
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
