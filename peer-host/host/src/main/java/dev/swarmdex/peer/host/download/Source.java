package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import java.util.Optional;

/**
 * A peer that offers the wanted content, at one of its endpoints.
 *
 * @param name the name under which it offers it
 * @param load how busy the peer said it is, if it did
 */
public record Source(String peer, Endpoint endpoint, String name, Optional<Load> load) {}
