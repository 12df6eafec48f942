package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.host.tree.HashTree;
import java.time.Duration;
import java.util.Map;

/**
 * A download that is whole and under its name.
 *
 * @param tree of the bytes that arrived, whether they could be verified or not
 * @param bytesFrom how many bytes came from each peer; empty when the file was there already
 */
public record Finished(Wanted wanted, HashTree tree, Unverified unverified, Duration took,
        Map<String, Long> bytesFrom) {}
