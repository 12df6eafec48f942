package dev.swarmdex.protocol.nativeudp;

/** Where a peer can be reached. In a request an empty host means "the address this datagram comes from". */
public record Endpoint(String scheme, String host, int port) {}
