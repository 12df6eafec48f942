package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import java.util.Optional;

/**
 * A peer that offers the wanted content, at one of its endpoints.
 *
 * @param load how busy the peer said it is, if it did
 */
public record Source(String peer, Endpoint endpoint, Optional<Load> load) {}
