package dev.swarmdex.protocol.nativeudp;

/**
 * Who a request speaks for: the peer's name, and the 16 random bytes (as 32 hex digits) that it keeps in its state
 * folder and that show the index that a returning peer is the same one.
 */
public record PeerIdentity(String name, String secret) {}
