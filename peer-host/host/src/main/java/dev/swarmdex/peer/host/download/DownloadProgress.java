package dev.swarmdex.peer.host.download;

import java.util.List;

/**
 * How far a download is.
 *
 * @param verified bytes that are verified and written
 * @param rate bytes verified in a second, of late
 * @param sources the peers that it reads from right now
 */
public record DownloadProgress(String name, String id, long size, long verified, long rate, List<String> sources) {}
