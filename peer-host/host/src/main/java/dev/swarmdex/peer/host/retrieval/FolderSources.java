package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.host.download.Source;
import dev.swarmdex.peer.host.download.SourceFinder;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.folder.FolderFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The peers that have a folder's files: those that offer the folder, and for a single file those too that offer that one. Safe
 * for many threads.
 *
 * @param from the only peer to download from, if there is to be one only
 */
record FolderSources(Means means, Wanted.Identified manifest, Optional<String> from) {

    /** Those who offer the folder now, the best ones first. */
    List<Candidate> ranked() throws IOException, InterruptedException {
        return means.files().rank(manifest, holders());
    }

    private List<Source> holders() throws IOException, InterruptedException {
        return means.discovery().sources(manifest, from).find();
    }

    /** Those who have one of its files. */
    SourceFinder of(FolderFile file, Wanted wanted) {
        SourceFinder alone = means.discovery().sources(wanted, from);
        return () -> Stream.concat(alone.find().stream(), holders().stream()
                .map(source -> new Source(source.peer(), source.endpoint(), file.path(), source.load()))).toList();
    }
}
