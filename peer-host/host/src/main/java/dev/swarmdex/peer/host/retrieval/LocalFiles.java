package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What this host has already, and offers to others. Safe for any number of threads. */
public interface LocalFiles {

    /** The content id of the file at a path, if it is known to be what the file has now. */
    Optional<ContentId> knownId(Path file);

    /** A file that this host offers with that content; it may have changed a moment ago. */
    Optional<Path> find(ContentId content);

    /** Offers a file whose tree is known. */
    void adopt(Path file, HashTree tree) throws IOException;

    /** Offers files below a folder, whose trees are known. */
    void adopt(Path folder, Map<Path, HashTree> trees) throws IOException;

    /** Offers a folder as one thing. */
    void offer(Path folder) throws IOException;

    /** Why others don't find by its name a file that this host has got, in words for a user; empty where they do. */
    Optional<String> obstacle(Path file, ContentId content) throws IOException;

    /** Those of a host that shares nothing. */
    LocalFiles NONE = new LocalFiles() {
        @Override
        public Optional<ContentId> knownId(Path file) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> find(ContentId content) {
            return Optional.empty();
        }

        @Override
        public void adopt(Path file, HashTree tree) {
            // it offers nothing
        }

        @Override
        public void adopt(Path folder, Map<Path, HashTree> trees) {
            // it offers nothing
        }

        @Override
        public void offer(Path folder) {
            // it offers nothing
        }

        @Override
        public Optional<String> obstacle(Path file, ContentId content) {
            return Optional.empty();
        }
    };
}
