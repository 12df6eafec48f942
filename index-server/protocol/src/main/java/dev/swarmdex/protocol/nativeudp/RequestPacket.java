package dev.swarmdex.protocol.nativeudp;

/**
 * A request as a datagram carries it.
 *
 * @param requestId chosen by the client, repeated in the reply and in every retry
 * @param connectionId what the last {@link Reply.Welcome} gave; 0 in an {@code H}
 */
public record RequestPacket(int requestId, long connectionId, Request request) {}
