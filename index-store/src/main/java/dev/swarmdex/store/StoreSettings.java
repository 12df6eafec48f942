package dev.swarmdex.store;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Where and how the index is kept.
 *
 * @param url the JDBC URL, {@code jdbc:h2:file:PATH} without settings; a relative path starts at the working directory
 * @param user the database's owner; may be empty for H2
 * @param clock what history is dated with
 * @param historyRetention how long what ended is remembered, 1 hour to {@link #KEEP_ALL}
 */
public record StoreSettings(String url, String user, String password, Durability durability, InstantSource clock,
        Duration historyRetention) {

    /** A retention that never ends, as far as anybody will see. */
    public static final Duration KEEP_ALL = Duration.ofDays(365_000);

    /** Checks the retention. */
    public StoreSettings {
        if (!isRetention(historyRetention)) {
            throw new IllegalArgumentException("history must be kept for 1h to 365000d");
        }
    }

    /** Whether history can be kept for that long: 1 hour to {@link #KEEP_ALL}. */
    public static boolean isRetention(Duration time) {
        return time.compareTo(Duration.ofHours(1)) >= 0 && time.compareTo(KEEP_ALL) <= 0;
    }

    /** Settings that keep all history. */
    public StoreSettings(String url, String user, String password, Durability durability, InstantSource clock) {
        this(url, user, password, durability, clock, KEEP_ALL);
    }

    /** Settings for an embedded database of this program's own user, by the system's clock. */
    public static StoreSettings of(String url, Durability durability) {
        return new StoreSettings(url, "", "", durability, InstantSource.system());
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return "StoreSettings[" + url + ", " + durability + "]";
    }
}
