package dev.swarmdex.store;

/** Where a peer can be reached: {@code scheme://host:port}. */
public record Endpoint(String scheme, String host, int port) {}
