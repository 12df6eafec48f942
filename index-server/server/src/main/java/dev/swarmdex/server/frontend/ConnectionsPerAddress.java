package dev.swarmdex.server.frontend;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many TCP connections are open from each address, through whichever front-end or HTTP. Safe for any number of threads. */
public final class ConnectionsPerAddress {

    /** Guarded by this. */
    private final Map<InetAddress, Integer> open = new HashMap<>();
    private volatile int most;

    /** From now on at most that many from one address, 0 for any number; those that are open stay. */
    void set(int connections) {
        most = connections;
    }

    /** Whether one more may come from there; if so, it counts until it {@link #left}. */
    public synchronized boolean admits(InetAddress address) {
        int present = open.getOrDefault(address, 0);
        if (most > 0 && present >= most) {
            return false;
        }
        open.put(address, present + 1);
        return true;
    }

    /** One that was admitted is closed. */
    public synchronized void left(InetAddress address) {
        open.computeIfPresent(address, (_, present) -> present == 1 ? null : present - 1);
    }
}
