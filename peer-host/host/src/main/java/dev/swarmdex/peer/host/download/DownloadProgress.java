package dev.swarmdex.peer.host.download;

import java.util.List;

/**
 * How far a download is.
 *
 * @param id the content's id, empty when nobody knows it
 * @param size in bytes, -1 when nobody knows it
 * @param verified bytes that are verified and written
 * @param received bytes that are written, verified or not
 * @param rate bytes received in a second, of late
 * @param sources the peers that it reads from right now
 */
public record DownloadProgress(String name, String id, long size, long verified, long received, long rate,
        List<String> sources) {}
