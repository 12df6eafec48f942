package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.download.DownloadListener;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers each file that was wanted by itself as soon as it is whole.
 *
 * @param reports is told afterwards, as of what fails
 */
record WholeFileOffers(LocalFiles own, DownloadListener reports) implements DownloadListener {

    private static final Logger LOG = LoggerFactory.getLogger(WholeFileOffers.class);

    @Override
    public void finished(Finished finished, Set<String> liars) {
        try {
            own.adopt(finished.wanted().target(), finished.tree());
        } catch (IOException failure) {
            LOG.warn("{} is downloaded, but not offered: {}", finished.wanted().target(), failure.getMessage());
        }
        reports.finished(finished, liars);
    }

    @Override
    public void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> liars,
            Exception problem) {
        reports.failed(wanted, took, bytesFrom, liars, problem);
    }
}
