package dev.swarmdex.protocol.nativeudp;

import java.util.Optional;

/**
 * A content under one name.
 *
 * @param id the content id in its text form {@code algorithm:hex}
 * @param size in bytes, -1 when unknown
 */
public record Content(String name, Optional<String> id, long size) {}
