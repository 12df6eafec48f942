package dev.swarmdex.store.state;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import java.util.Map;
import java.util.Set;

/**
 * What the database knows of the things that a batch of changes mentions.
 *
 * @param contents the numbers of the contents that have one
 * @param peers the numbers of the peers that have one
 * @param reports the reports that were recorded within the last hour
 */
public record Known(Map<Content, Long> contents, Map<PeerName, Long> peers, Set<Change.Report> reports) {}
