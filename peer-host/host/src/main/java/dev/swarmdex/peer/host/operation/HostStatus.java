package dev.swarmdex.peer.host.operation;

import java.util.List;

/**
 * All about a host at one moment.
 *
 * @param index how it stands with the index
 * @param hosts those of the hosts file
 * @param downloads of files and of folders, as they are told while they go on
 */
public record HostStatus(String peer, String index, List<Host> hosts, List<OwnContent> shares, Hashing hashing,
        List<Record> downloads, List<Upload> uploads) {

    /** A host of the hosts file. */
    public record Host(String endpoint, boolean present) {}

    /** How far the hashing of new files is. */
    public record Hashing(int files, long done, long total) {}

    /**
     * What was sent of one content since the host started.
     *
     * @param active how many requests for it are being answered right now
     * @param rate bytes sent in a second, of late
     * @param to the addresses that it is being sent to right now, as far as the transport's channel tells them
     */
    public record Upload(String name, String id, long bytes, int active, long rate, List<String> to) {}
}
