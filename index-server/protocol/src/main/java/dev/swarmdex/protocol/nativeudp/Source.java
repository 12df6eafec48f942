package dev.swarmdex.protocol.nativeudp;

import java.time.Instant;
import java.util.List;

/** A peer that offers a content; {@code since} has a precision of milliseconds. */
public record Source(String peer, Instant since, List<Endpoint> endpoints) {}
