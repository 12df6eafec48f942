package dev.swarmdex.peer.host.retrieval;

import java.util.List;
import java.util.Map;

/**
 * How the download of a folder ended.
 *
 * @param id the manifest's content id
 * @param size of all files together, in bytes
 * @param path the folder on disk
 * @param from how many bytes came from each peer
 * @param files how many the folder has
 * @param fetched how many of them were downloaded
 * @param copied how many were copied from other files of this host
 * @param present how many were there already
 * @param failed those that are missing
 */
public record FolderResult(String name, String id, long size, String path, double seconds, Map<String, Long> from,
        int files, int fetched, int copied, int present, List<FileResult> failed) {}
