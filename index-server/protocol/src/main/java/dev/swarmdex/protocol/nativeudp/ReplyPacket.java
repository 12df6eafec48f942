package dev.swarmdex.protocol.nativeudp;

/** A reply as a datagram carries it, with the request id of the request that it answers. */
public record ReplyPacket(int requestId, Reply reply) {}
