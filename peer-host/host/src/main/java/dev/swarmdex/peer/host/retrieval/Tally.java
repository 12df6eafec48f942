package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.download.DownloadProgress;
import dev.swarmdex.peer.host.download.RateMeter;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.retrieval.FileResult.Outcome;
import dev.swarmdex.peer.host.tree.HashTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What has become of a folder's files so far, and what of them is under way. Safe for many threads; its monitor guards it. */
final class Tally {

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final List<FileResult> failed = new ArrayList<>();
    private final Map<String, Long> bytesFrom = new HashMap<>();
    private final Map<String, Long> bytesTogetherFrom = new HashMap<>();
    private final Set<String> liars = new HashSet<>();
    private final Map<String, Integer> reading = new HashMap<>();
    private final Map<String, DownloadProgress> underWay = new HashMap<>();
    private final RateMeter rate = new RateMeter();
    private List<FileResult> untold = new ArrayList<>();
    private Map<Path, HashTree> unoffered = new HashMap<>();
    private long bytesDone;
    private long bytesArrived;

    /** A file is where it belongs, and verified. */
    synchronized void done(FolderFile file, Outcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
        untold.add(FileResult.of(file.path(), outcome));
        bytesDone += file.size();
    }

    /** A file whose tree is known is to be offered. */
    synchronized void offer(Path path, HashTree tree) {
        unoffered.put(path, tree);
    }

    /** A file is given up. */
    synchronized void failed(FolderFile file, Exception problem) {
        FileResult result = FileResult.failed(file.path(), problem);
        failed.add(result);
        untold.add(result);
    }

    /** Bytes of a file came from a peer, over a connection that many files share. */
    synchronized void receivedTogether(String peer, long bytes) {
        bytesTogetherFrom.merge(peer, bytes, Long::sum);
        receivedAlone(peer, bytes);
    }

    /** Bytes of a file that was downloaded by itself came from a peer. */
    synchronized void receivedAlone(String peer, long bytes) {
        bytesFrom.merge(peer, bytes, Long::sum);
        bytesArrived += bytes;
    }

    /** A peer sent wrong bytes. */
    synchronized void lied(String peer) {
        liars.add(peer);
    }

    /** A peer is being read from, once more. */
    synchronized void begin(String peer) {
        reading.merge(peer, 1, Integer::sum);
    }

    /** A peer is being read from once less. */
    synchronized void end(String peer) {
        reading.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
    }

    /** How far the download of a single file is. */
    synchronized void underWay(String path, DownloadProgress progress) {
        underWay.put(path, progress);
    }

    /** The download of a single file has ended; its bytes are counted by what became of it. */
    synchronized void ended(String path) {
        underWay.remove(path);
    }

    /** What is new since the last call. */
    synchronized List<FileResult> takeResults() {
        List<FileResult> taken = untold;
        untold = new ArrayList<>();
        return taken;
    }

    /** The trees of what is new since the last call and to be offered. */
    synchronized Map<Path, HashTree> takeOffers() {
        Map<Path, HashTree> taken = unoffered;
        unoffered = new HashMap<>();
        return taken;
    }

    /** How many bytes came from each peer. */
    synchronized Map<String, Long> bytesFrom() {
        return Map.copyOf(bytesFrom);
    }

    /** How many bytes came from each peer over connections that many files shared. */
    synchronized Map<String, Long> bytesTogetherFrom() {
        return Map.copyOf(bytesTogetherFrom);
    }

    synchronized Set<String> liars() {
        return Set.copyOf(liars);
    }

    synchronized int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** Whether that many files are right, and none has failed. */
    synchronized boolean isWhole(int files) {
        int right = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (right + failed.size() != files) {
            throw new IllegalStateException(right + " and " + failed.size() + " files of " + files);
        }
        return failed.isEmpty();
    }

    synchronized List<FileResult> failed() {
        return List.copyOf(failed);
    }

    /** How far the folder is. */
    synchronized FolderProgress progress(String name, String id, long size, int files) {
        long verified = bytesDone + underWay.values().stream().mapToLong(DownloadProgress::verified).sum();
        long partial = underWay.values().stream().mapToLong(DownloadProgress::received).sum();
        Set<String> sources = new TreeSet<>(reading.keySet());
        underWay.values().forEach(each -> sources.addAll(each.sources()));
        int done = counts.values().stream().mapToInt(Integer::intValue).sum() + failed.size();
        return new FolderProgress(name, id, size, verified, bytesDone + partial,
                rate.measure(bytesArrived + partial, System.nanoTime()), List.copyOf(sources), files, done);
    }
}
