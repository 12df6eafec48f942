package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What the hash cache keeps of one version of a file, but for the piece hashes, which stay on disk.
 *
 * <p>On disk, big-endian: the length of the body, its CRC-32, and the body: size, time of modification, file key, content
 * id, path, and the piece hashes up to the end. Each text is its length in bytes and UTF-8.
 */
record HashRecord(String path, Fingerprint fingerprint, ContentId root) {

    /** Length and checksum, before the body. */
    static final int HEADER = 2 * Integer.BYTES;
    /** Room for the longest path and the hashes of the largest content. */
    private static final int LONGEST_BODY = 1 << 27;

    ByteBuffer encode(byte[] pieceHashes) {
        byte[] key = bytes(fingerprint.fileKey());
        byte[] id = bytes(root.toString());
        byte[] name = bytes(path);
        int length = 2 * Long.BYTES + 3 * Integer.BYTES + key.length + id.length + name.length + pieceHashes.length;
        ByteBuffer record = ByteBuffer.allocate(HEADER + length).position(HEADER);
        record.putLong(fingerprint.size()).putLong(fingerprint.modifiedNanos());
        record.putInt(key.length).put(key).putInt(id.length).put(id).putInt(name.length).put(name).put(pieceHashes);
        record.putInt(0, length).putInt(Integer.BYTES, checksum(record.slice(HEADER, length)));
        return record.flip();
    }

    /** A record as it was found, with the bytes it takes in all. */
    record Stored(HashRecord hashes, int length) {}

    /**
     * The next record of the stream; empty at its end, or where there is no complete and unharmed record.
     *
     * @param left how many bytes the stream has at most
     */
    static Optional<Stored> read(InputStream stream, long left) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(stream.readNBytes(HEADER));
        if (header.remaining() < HEADER) {
            return Optional.empty();
        }
        int length = header.getInt();
        if (length < 0 || length > Math.min(LONGEST_BODY, left - HEADER)) {
            return Optional.empty();
        }
        ByteBuffer body = ByteBuffer.wrap(stream.readNBytes(length));
        return body.remaining() == length && checksum(body.slice()) == header.getInt()
                ? Optional.of(new Stored(decode(body), HEADER + length))
                : Optional.empty();
    }

    private static HashRecord decode(ByteBuffer body) {
        long size = body.getLong();
        long modified = body.getLong();
        String key = text(body);
        ContentId root = ContentId.parse(text(body));
        return new HashRecord(text(body), new Fingerprint(size, modified, key), root);
    }

    private static int checksum(ByteBuffer body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return (int) crc.getValue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
