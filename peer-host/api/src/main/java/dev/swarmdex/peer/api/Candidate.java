package dev.swarmdex.peer.api;

/**
 * A peer that offers the wanted content, at one endpoint, with what this host has seen of it.
 *
 * @param bytesPerSecond the latest measured download rate from it; 0 when it was never measured
 * @param failures how many of the latest attempts in a row failed
 */
public record Candidate(String peer, Endpoint endpoint, double bytesPerSecond, int failures) {}
