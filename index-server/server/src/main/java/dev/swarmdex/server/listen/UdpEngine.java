package dev.swarmdex.server.listen;

import java.util.Locale;

/** How datagrams are received and sent. */
public enum UdpEngine {

    /** {@link #BATCH} where it works, otherwise {@link #PORTABLE}. */
    AUTO,

    /** The JDK's datagram channel, one datagram at a time, on one thread. */
    PORTABLE,

    /** Linux's recvmmsg and sendmmsg, many datagrams with each call, on one socket and thread per core. */
    BATCH;

    /** Reads the name of the config. */
    public static UdpEngine of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name of the config. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean usesBatches() {
        return this == BATCH || (this == AUTO && LinuxSockets.isSupported());
    }
}
