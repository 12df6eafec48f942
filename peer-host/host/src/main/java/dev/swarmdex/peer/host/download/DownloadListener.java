package dev.swarmdex.peer.host.download;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Is told how downloads end, on the download's thread, before those who wait for it are. */
public interface DownloadListener {

    /** A file is whole and under its name. */
    void finished(Finished finished, Set<String> liars);

    /** A download was given up. */
    void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> liars, Exception problem);

    /** Tells nobody. */
    DownloadListener NONE = new DownloadListener() {
        @Override
        public void finished(Finished finished, Set<String> liars) {
            // nobody wants to know
        }

        @Override
        public void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> liars,
                Exception problem) {
            // nobody wants to know
        }
    };
}
