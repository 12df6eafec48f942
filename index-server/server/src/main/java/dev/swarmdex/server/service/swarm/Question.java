package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.address.Addresses;

/**
 * What a client asks of one swarm, and what it is answered. Each thread that answers has one and uses it again and again, so
 * that a datagram costs no allocation. An info-hash is its 20 bytes in three big-endian words; an address is two, IPv4 as
 * IPv6 maps it.
 */
public final class Question {

    long first;
    long second;
    int third;
    long high;
    long low;
    int port;
    boolean complete;
    boolean completed;
    boolean stopped;
    int wanted;
    int seeders;
    int leechers;
    int completions;

    /** About this swarm. */
    public Question swarm(long word1, long word2, int word3) {
        first = word1;
        second = word2;
        third = word3;
        return this;
    }

    /** From the member at this address, which takes connections on that port, 1 to 65535. */
    public Question member(long addressHigh, long addressLow, int itsPort) {
        high = addressHigh;
        low = addressLow;
        port = itsPort;
        return this;
    }

    /** Which has all of the content or not, has just got all of it, or takes part no more. */
    public Question tells(boolean hasAll, boolean hasJustGotAll, boolean leaves) {
        complete = hasAll;
        completed = hasJustGotAll;
        stopped = leaves;
        return this;
    }

    /** And wants at most that many others. */
    public Question wants(int others) {
        wanted = others;
        return this;
    }

    /** The answer: members that have all of the content. */
    public int seeders() {
        return seeders;
    }

    /** The answer: members that lack some of it. */
    public int leechers() {
        return leechers;
    }

    /** The answer: how often a member became complete. */
    public int completions() {
        return completions;
    }

    boolean isIpv4() {
        return Addresses.isIpv4(high, low);
    }
}
