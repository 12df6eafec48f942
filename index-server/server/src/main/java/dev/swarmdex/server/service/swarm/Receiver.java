package dev.swarmdex.server.service.swarm;

/** Takes the members that are handed out, while its shard of the swarms is locked: it must be quick. */
@FunctionalInterface
public interface Receiver {

    /** One more, at that address, which takes connections on that port. */
    void member(long addressHigh, long addressLow, int port);
}
