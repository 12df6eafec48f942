package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.discovery.Discovery;
import dev.swarmdex.peer.host.download.Downloads;
import dev.swarmdex.peer.host.download.PluginSet;
import dev.swarmdex.peer.host.rate.RateLimit;

/**
 * What all downloads of a host, of files and of folders, have in common.
 *
 * @param files downloads single files: those that are wanted alone, manifests, and those of a folder that are fetched one by
 *        one
 * @param own what the host has, and offers
 * @param limit to what is received
 */
public record Means(PluginSet plugins, Discovery discovery, Downloads files, LocalFiles own, RateLimit limit) {}
