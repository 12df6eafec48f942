package dev.swarmdex.store;

import java.util.Optional;

/**
 * A file's bytes under one name, as one peer states them. Contents that differ in any of the three are different ones: a
 * peer that states a wrong size for an id spoils nobody's content but its own.
 *
 * @param name 1 to 1024 bytes of UTF-8 without control characters
 * @param id the content id as text, 1 to 160 bytes, empty for the contents of protocols that have none
 * @param size in bytes, -1 when unknown
 */
public record Content(String name, Optional<String> id, long size) {

    /** The most bytes of a name. */
    public static final int MAX_NAME = 1024;

    /** The most bytes of a content id. */
    public static final int MAX_ID = 160;

    /** Checks the bounds. */
    public Content {
        Text.check("content name", name, 1, MAX_NAME);
        id.ifPresent(text -> Text.check("content id", text, 1, MAX_ID));
        if (size < -1) {
            throw new IllegalArgumentException("a content's size must be -1 (unknown) or more, not " + size);
        }
    }
}
