package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.host.tree.HashTree;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A file that is to be shared, in the version that was seen last, and how far it has come. For the loop's thread. */
final class TrackedFile {

    /** How far a file has come. */
    sealed interface Stage {

        /** It can't have a name. */
        record Nameless() implements Stage {}

        /** It has changed not long ago. */
        record Settling(long sinceNanos) implements Stage {}

        /** Its hashes are being computed. */
        record Hashing(long job, CompletableFuture<HashTree> tree) implements Stage {}

        /** It could not be read. */
        record Unreadable() implements Stage {}

        /** It is offered. */
        record Offered(SharedFile file) implements Stage {}
    }

    final Path path;
    final String name;
    Fingerprint fingerprint;
    Stage stage;
    /** Whether it has changed since it was found, so that nobody can say when it will be hashed. */
    boolean restless;
    /** Whether it was said that the file can't be read. */
    boolean complainedAbout;
    /** The number of the latest scan that found it. */
    long scan;

    TrackedFile(Path path, String name, Fingerprint fingerprint) {
        this.path = path;
        this.name = name;
        this.fingerprint = fingerprint;
        this.stage = new Stage.Nameless();
    }
}
