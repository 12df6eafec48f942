package dev.swarmdex.protocol.nativeudp;

import java.util.Optional;

/** A content by its name, and its id if the name alone is not meant. */
public record Name(String name, Optional<String> id) {}
