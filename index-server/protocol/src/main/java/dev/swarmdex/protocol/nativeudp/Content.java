package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.util.Optional;

/**
 * A content under one name.
 *
 * @param name 1 to 512 bytes of UTF-8 without control characters
 * @param id the content id in its text form {@code algorithm:hex}, with a digest of 16 to 64 bytes in lower-case hex
 * @param size in bytes, -1 when unknown
 */
public record Content(String name, Optional<String> id, long size) {

    /** Checks the name, the id and the size. */
    public Content {
        WireText.check("content name", name, 1, Limits.NAME);
        id.ifPresent(ContentIds::check);
        if (size < -1) {
            throw new IllegalArgumentException("size is " + size + ", the least is 0, or -1 for unknown");
        }
    }

    int wireSize() {
        return 2 + WireText.utf8Length(name) + ContentIds.wireSize(id) + 8;
    }
}
