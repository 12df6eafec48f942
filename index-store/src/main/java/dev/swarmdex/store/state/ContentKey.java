package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import java.util.HexFormat;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A content's name and id as bytes. Ids of our own hasher are kept as the 32 bytes that they spell; any other id is kept as
 * its text, and no id as nothing.
 */
final class ContentKey {

    private static final String TREE = "sha256-tree:";
    private static final int TREE_BYTES = 32;
    private static final byte[] NO_ID = {};
    /** What an id's bytes begin with. */
    private static final byte AS_TEXT = 0;
    private static final byte AS_TREE = 1;

    private ContentKey() {}

    static byte[] name(String name) {
        return name.getBytes(UTF_8);
    }

    static byte[] id(Content content) {
        return content.id().map(ContentKey::id).orElse(NO_ID);
    }

    static byte[] id(String id) {
        byte[] text = id.getBytes(UTF_8);
        if (!isTree(id)) {
            byte[] bytes = new byte[1 + text.length];
            bytes[0] = AS_TEXT;
            System.arraycopy(text, 0, bytes, 1, text.length);
            return bytes;
        }
        byte[] bytes = new byte[1 + TREE_BYTES];
        bytes[0] = AS_TREE;
        for (int i = 0, at = TREE.length(); i < TREE_BYTES; i++, at += 2) {
            bytes[1 + i] = (byte) ((HexFormat.fromHexDigit(text[at]) << 4) | HexFormat.fromHexDigit(text[at + 1]));
        }
        return bytes;
    }

    /** The bytes of an id of our own hasher, whose digest, at the end, is yet to be filled in. */
    static byte[] emptyTree() {
        byte[] bytes = new byte[1 + TREE_BYTES];
        bytes[0] = AS_TREE;
        return bytes;
    }

    /** The id whose bytes these are. */
    static Optional<String> text(byte[] bytes, int from, int length) {
        if (length == 0) {
            return Optional.empty();
        }
        return Optional.of(bytes[from] == AS_TREE
                ? TREE + HexFormat.of().formatHex(bytes, from + 1, from + length)
                : new String(bytes, from + 1, length - 1, UTF_8));
    }

    /** Only what has one spelling, so that two ids are equal where their bytes are. */
    private static boolean isTree(String id) {
        if (id.length() != TREE.length() + 2 * TREE_BYTES || !id.startsWith(TREE)) {
            return false;
        }
        for (int i = TREE.length(); i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
