package dev.swarmdex.server.frontend;

import dev.swarmdex.server.frontend.Offenders.Offence;
import dev.swarmdex.server.listen.Sender;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What all front-ends of a server share against abuse: limits of requests a second and of connections for each source address,
 * and one list of those who send what can't be used. Safe for any number of threads; no call of a UDP front-end's waits or
 * allocates.
 *
 * <p>An address that has proven itself with a connection id has a rate of its own, apart from what comes in its name without
 * one: so nobody who forges its address can have it refused.
 */
public final class Guard {

    /** When a client that was refused may come back: by then it has room for many requests. */
    public static final Duration RETRY = Duration.ofSeconds(1);

    private static final int UNPROVEN = 0;
    private static final int PROVEN = 1;

    private final RateLimit rate;
    private final ConnectionsPerAddress connections = new ConnectionsPerAddress();
    private final ListTurns lists = new ListTurns();
    private final Offenders offenders;

    /** A guard that limits nothing yet, by a clock that never goes back. */
    public Guard(LongSupplier nanoTime) {
        rate = new RateLimit(nanoTime, new SecureRandom());
        offenders = new Offenders(InstantSource.system());
    }

    /** From now on that many requests a second and TCP connections from one address, 0 for any number. */
    public void limit(int requestsPerSecond, int connectionsPerAddress) {
        rate.set(requestsPerSecond);
        connections.set(connectionsPerAddress);
    }

    /** Whether a request may be served. If not, it is counted, and deserves an answer only if the sender is proven. */
    public boolean admits(Sender sender, boolean proven, Tally tally) {
        if (rate.admits(sender, proven ? PROVEN : UNPROVEN)) {
            return true;
        }
        tally.limited();
        offenders.record(sender, Offence.OVER_LIMIT);
        return false;
    }

    /** A datagram broke the rules; the result is whether it may be answered. */
    public boolean malformed(Sender sender, Tally tally) {
        tally.malformed();
        offenders.record(sender, Offence.MALFORMED);
        return admits(sender, false, tally);
    }

    /** A request came without a good connection id. */
    public void unproven(Sender sender, Tally tally) {
        tally.unproven();
        offenders.record(sender, Offence.UNPROVEN);
    }

    /** How many TCP connections there are from each address. */
    public ConnectionsPerAddress connections() {
        return connections;
    }

    /** Whose turn it is to be sent a list over TCP. */
    ListTurns lists() {
        return lists;
    }

    /** A client that sends what can't be used. */
    public Offenders offenders() {
        return offenders;
    }
}
