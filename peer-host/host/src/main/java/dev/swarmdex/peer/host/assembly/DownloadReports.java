package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.peer.host.retrieval.FolderDownloads;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the index how downloads ended, one report for each peer that bytes came from: of each file that was fetched by a
 * download of its own, and of a folder once, with what came of it over shared connections. A report that the index does
 * not take is lost: it is history, not state.
 */
final class DownloadReports implements FolderDownloads.Reports {

    private static final Logger LOG = LoggerFactory.getLogger(DownloadReports.class);
    /** Known hosts go by their addresses, which may be longer than the name of any peer. */
    private static final int LONGEST_NAME = 64;

    private final IndexClient index;
    private final PeerIdentity identity;

    DownloadReports(IndexClient index, PeerIdentity identity) {
        this.index = index;
        this.identity = identity;
    }

    @Override
    public void finished(Finished finished, Set<String> liars) {
        Wanted wanted = finished.wanted();
        HashTree tree = finished.tree();
        String unverified = finished.unverified().words();
        LOG.info("downloaded {} ({}, {} bytes, {}) from {} in {} ms", wanted.name(), tree.root(), tree.size(),
                unverified.isEmpty() ? "verified" : unverified + " not verified", finished.bytesFrom().keySet(),
                finished.took().toMillis());
        report(new Content(wanted.name(), Optional.of(tree.root().toString()), tree.size()), finished.took(),
                finished.bytesFrom(), liars, Request.Result.FINISHED);
    }

    @Override
    public void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> liars,
            Exception problem) {
        LOG.info("download of {} ended: {}", wanted.name(), problem.getMessage());
        report(new Content(wanted.name(), wanted.knownId().map(ContentId::toString), wanted.knownSize().orElse(-1)),
                took, bytesFrom, liars, Request.Result.FAILED);
    }

    /** What single downloads of its files have told is not told again. */
    @Override
    public void ended(Wanted.Identified manifest, boolean whole, Duration took, Map<String, Long> bytesFrom,
            Set<String> liars) {
        LOG.info("download of the folder {} ({}) {}, from {} in {} ms", manifest.name(), manifest.id(),
                whole ? "is whole" : "ended before it was whole", bytesFrom.keySet(), took.toMillis());
        if (!whole || !bytesFrom.isEmpty() || !liars.isEmpty()) {
            report(new Content(manifest.name(), Optional.of(manifest.id().toString()), manifest.size()), took,
                    bytesFrom, liars, whole ? Request.Result.FINISHED : Request.Result.FAILED);
        }
    }

    private void report(Content content, Duration took, Map<String, Long> bytesFrom, Set<String> liars,
            Request.Result result) {
        if (!index.hasServers()) {
            return;
        }
        try {
            for (Map.Entry<String, Long> from : bytesFrom.entrySet()) {
                send(content, Optional.of(from.getKey()), from.getValue(), took, result);
            }
            for (String liar : liars) {
                send(content, Optional.of(liar), 0, took, Request.Result.WRONG_BYTES);
            }
            if (bytesFrom.isEmpty() && liars.isEmpty()) {
                send(content, Optional.empty(), 0, took, result);
            }
        } catch (IOException unreachable) {
            LOG.debug("download not reported", unreachable);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Content content, Optional<String> source, long bytes, Duration took, Request.Result result)
            throws IOException, InterruptedException {
        Optional<String> named = source.filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME);
        Reply reply = index.exchange(new Request.Report(identity, content, named, bytes, took, result));
        if (reply instanceof Reply.Refused refused) {
            LOG.warn("the index does not record the download of {}: {}", content.name(), refused.message());
        }
    }
}
