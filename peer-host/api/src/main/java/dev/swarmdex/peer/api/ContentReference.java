package dev.swarmdex.peer.api;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a request asks for: a content by its id, by its name, or both (then the id decides).
 *
 * @param name 1 to {@value #LONGEST_NAME} bytes of UTF-8 without control characters, {@code /} between folders
 */
public record ContentReference(Optional<String> name, Optional<ContentId> id) {

    /** The longest name in bytes of UTF-8. */
    public static final int LONGEST_NAME = 512;

    /** Refuses what names no content with an IllegalArgumentException. */
    public ContentReference {
        if (name.isEmpty() && id.isEmpty()) {
            throw new IllegalArgumentException("a content is asked for by its name or its id");
        }
        name.ifPresent(ContentReference::checkName);
    }

    /** The content that is offered under this name. */
    public static ContentReference byName(String name) {
        return new ContentReference(Optional.of(name), Optional.empty());
    }

    /** The content with this id, whatever its name. */
    public static ContentReference byId(ContentId id) {
        return new ContentReference(Optional.empty(), Optional.of(id));
    }

    /** The content with this id, known by this name: for transports that know one of the two only. */
    public static ContentReference of(String name, ContentId id) {
        return new ContentReference(Optional.of(name), Optional.of(id));
    }

    private static void checkName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > LONGEST_NAME) {
            throw new IllegalArgumentException("a content's name has 1 to 512 bytes, not " + bytes);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a content's name has no control characters");
        }
    }
}
