package dev.swarmdex.server.listen;

import dev.swarmdex.server.address.Addresses;
import java.net.InetSocketAddress;

/** An address can't be bound; the message states which, why, and the cure. */
public final class CannotListenException extends Exception {

    /** A failure of the front-end of that protocol. */
    public CannotListenException(String protocol, InetSocketAddress address, Exception cause) {
        this("the " + protocol + " front-end", "frontend." + protocol + ".bind", address, cause);
    }

    /**
     * A failure of some other part.
     *
     * @param who can't listen
     * @param key the config's key that names the address
     */
    public CannotListenException(String who, String key, InetSocketAddress address, Exception cause) {
        super(who + " can't listen on " + shown(address) + " ("
                + (address.isUnresolved() ? "no such host" : cause.getMessage())
                + "): stop what listens there, or choose another address with --set " + key + "=…", cause);
    }

    /** An address as people write it. */
    public static String shown(InetSocketAddress address) {
        String host = address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
        return Addresses.hostAndPort(host, address.getPort());
    }
}
