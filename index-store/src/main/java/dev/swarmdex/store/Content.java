package dev.swarmdex.store;

import java.util.Optional;

/**
 * A file's bytes under one name.
 *
 * @param id the content id as text, empty for the contents of protocols that have none
 * @param size in bytes, -1 when unknown
 */
public record Content(String name, Optional<String> id, long size) {}
