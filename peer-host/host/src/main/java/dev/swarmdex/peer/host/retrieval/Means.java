package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.discovery.Discovery;
import dev.swarmdex.peer.host.download.Downloads;
import dev.swarmdex.peer.host.download.PluginSet;
import dev.swarmdex.peer.host.rate.RateLimit;

/**
 * What all downloads of folders have in common.
 *
 * @param files downloads manifests, and those files that are fetched one by one
 * @param limit to what is received
 */
record Means(PluginSet plugins, Discovery discovery, Downloads files, LocalFiles own, RateLimit limit) {}
