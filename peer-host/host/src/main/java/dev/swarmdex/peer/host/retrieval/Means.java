package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.discovery.Discovery;
import dev.swarmdex.peer.host.download.Downloads;
import dev.swarmdex.peer.host.download.PluginSet;

/**
 * What all downloads of folders have in common.
 *
 * @param files downloads manifests, and those files that are fetched one by one
 */
record Means(PluginSet plugins, Discovery discovery, Downloads files, LocalFiles own) {}
