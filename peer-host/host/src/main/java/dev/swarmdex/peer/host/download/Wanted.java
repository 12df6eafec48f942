package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What a download is to fetch, and the file it is to become. */
public sealed interface Wanted {

    /** The name by which it was found. */
    String name();

    /** The file it is to become. */
    Path target();

    /** The content's id, where somebody knows it. */
    Optional<ContentId> knownId();

    /** The content's size in bytes, where somebody knows it. */
    OptionalLong knownSize();

    /** How a source is asked for it that offers it under that name. */
    default ContentReference reference(String offeredName) {
        return new ContentReference(Optional.of(offeredName), knownId());
    }

    /** Whether the other is the same content. */
    default boolean isSameContentAs(Wanted other) {
        return knownId().isPresent() ? knownId().equals(other.knownId()) : equals(other);
    }

    /**
     * A content whose id is known: nothing but its very bytes ever gets the target's name.
     *
     * @param inOrder whether its pieces are to be fetched from the first to the last, whatever would be best for all
     */
    record Identified(String name, ContentId id, long size, Path target, boolean inOrder) implements Wanted {

        /** One whose pieces may come in whatever order is best for all. */
        public Identified(String name, ContentId id, long size, Path target) {
            this(name, id, size, target, false);
        }

        /** The same, from its first piece to its last, for somebody who watches it while it comes. */
        public Identified sequential() {
            return new Identified(name, id, size, target, true);
        }

        @Override
        public Optional<ContentId> knownId() {
            return Optional.of(id);
        }

        @Override
        public OptionalLong knownSize() {
            return OptionalLong.of(size);
        }
    }

    /** A content of which only the name is known, and perhaps the size: what arrives can't be verified. */
    record Named(String name, OptionalLong knownSize, Path target) implements Wanted {

        @Override
        public Optional<ContentId> knownId() {
            return Optional.empty();
        }
    }
}
