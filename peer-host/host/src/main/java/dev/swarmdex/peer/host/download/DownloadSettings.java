package dev.swarmdex.peer.host.download;

import java.time.Duration;

/**
 * How patient downloads are.
 *
 * @param patience the longest that a source may take to connect, or to send its next byte
 * @param retry the pause after a source's first failure; twice as long after the second
 * @param askAgain how often further sources are looked for while there are some, after a more frequent beginning
 * @param overtake after how long a piece that is being fetched may be fetched by somebody else too, however many do
 * @param checkpoint how often what is verified is made to last through a crash; half of what a crash may cost
 */
public record DownloadSettings(Duration patience, Duration retry, Duration askAgain, Duration overtake,
        Duration checkpoint) {

    /** What suits real networks. */
    public static final DownloadSettings DEFAULT = new DownloadSettings(Duration.ofSeconds(10), Duration.ofSeconds(1),
            Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(1));
}
