package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.host.download.DownloadListener;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.retrieval.FolderDownloads;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Tells the index how downloads of folders ended: the folder once, with what came of it over shared connections, and each
 * file that was fetched by a download of its own. The manifest is a part of its folder and is not told.
 */
record FolderReports(DownloadReports reports) implements DownloadListener, FolderDownloads.Reports {

    @Override
    public void finished(Finished finished, Set<String> liars) {
        if (!FolderDownloads.isOfManifest(finished.wanted())) {
            reports.finished(finished, liars);
        }
    }

    @Override
    public void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> liars,
            Exception problem) {
        if (!FolderDownloads.isOfManifest(wanted)) {
            reports.failed(wanted, took, bytesFrom, liars, problem);
        }
    }

    @Override
    public void ended(Wanted.Identified manifest, boolean whole, Duration took, Map<String, Long> bytesFrom,
            Set<String> liars) {
        reports.folderEnded(manifest, whole, took, bytesFrom, liars);
    }
}
