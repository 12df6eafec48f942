package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import org.h2.engine.SysProperties;

/**
 * Keeps every port that H2 opens on the loopback address. H2 listens on all addresses unless the system property
 * {@code h2.bindAddress} says otherwise, and reads it once, when its classes are loaded: so {@link #choose} is the first thing
 * that every class of this module does before it touches H2.
 */
public final class H2Loopback {

    private static final String PROPERTY = "h2.bindAddress";
    private static final String LOOPBACK = "127.0.0.1";

    private H2Loopback() {}

    /** Sets the property, unless it was set on the command line. */
    public static void choose() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, LOOPBACK);
        }
    }

    /** Throws a {@link StoreException} if H2 would listen on another address after all. */
    public static void require() {
        choose();
        if (!LOOPBACK.equals(SysProperties.BIND_ADDRESS)) {
            throw new StoreException("the SQL console would listen on " + SysProperties.BIND_ADDRESS
                    + ": start with -D" + PROPERTY + "=" + LOOPBACK + ", or without that property");
        }
    }
}
