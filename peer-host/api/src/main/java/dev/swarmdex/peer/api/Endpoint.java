package dev.swarmdex.peer.api;

/** Where a peer can be reached: {@code scheme://host:port}; the scheme names the transport that speaks there. */
public record Endpoint(String scheme, String host, int port) {}
