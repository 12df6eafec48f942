package dev.swarmdex.peer.host.retrieval;

import java.util.List;

/**
 * How far the download of a folder is; the first seven are as those of a file's download.
 *
 * @param id the manifest's content id
 * @param size of all files together, in bytes
 * @param verified bytes that are verified and written
 * @param received bytes that are written, verified or not
 * @param rate bytes received in a second, of late
 * @param sources the peers that it reads from right now
 * @param files how many there are
 * @param filesDone how many of them are done, or have failed
 */
public record FolderProgress(String name, String id, long size, long verified, long received, long rate,
        List<String> sources, int files, int filesDone) {}
