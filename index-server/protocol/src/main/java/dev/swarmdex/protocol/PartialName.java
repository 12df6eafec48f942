package dev.swarmdex.protocol;

import java.util.Optional;

/**
 * The name under which a peer offers a content that it is still downloading: the content's own and {@value #SUFFIX}, with
 * the content's id. So nobody who asks for the content by its name is sent to a peer that has only part of it; who asks by
 * the id finds both, and can tell them apart.
 */
public final class PartialName {

    /** What such a name ends in. Files of that name are never offered by themselves. */
    public static final String SUFFIX = ".part";

    private PartialName() {}

    /** The name for what there is so far of a content. */
    public static String of(String content) {
        return content + SUFFIX;
    }

    /** Whether it is such a name; a name without an id is that of a file, whatever it ends in. */
    public static boolean is(String name, Optional<String> id) {
        return id.isPresent() && name.length() > SUFFIX.length() && name.endsWith(SUFFIX);
    }

    /** The name of the content that a peer has part of. */
    public static String content(String partialName) {
        return partialName.substring(0, partialName.length() - SUFFIX.length());
    }
}
