package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.host.retrieval.LocalFiles;
import dev.swarmdex.peer.host.sharing.SharedFile;
import dev.swarmdex.peer.host.sharing.SharedFiles;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A running host's files, as downloads of folders see them. */
record OfferedFiles(SharedFiles files) implements LocalFiles {

    @Override
    public Optional<ContentId> knownId(Path file) {
        return files.knownId(file);
    }

    @Override
    public Optional<Path> find(ContentId content) {
        return files.file(ContentReference.byId(content)).map(SharedFile::path);
    }

    @Override
    public void adopt(Path file, HashTree tree) throws IOException {
        files.adopt(file, tree);
    }

    @Override
    public void adopt(Path folder, Map<Path, HashTree> trees) throws IOException {
        files.adoptBelow(folder, trees);
    }

    @Override
    public void offer(Path folder) throws IOException {
        files.offerFolder(folder);
    }

    @Override
    public Optional<String> obstacle(Path file, ContentId content) throws IOException {
        return files.obstacle(file, content);
    }
}
