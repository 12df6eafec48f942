package dev.swarmdex.store;

import java.time.InstantSource;

/**
 * Where and how the index is kept.
 *
 * @param url the JDBC URL, {@code jdbc:h2:file:PATH} without settings; a relative path starts at the working directory
 * @param user the database's owner; may be empty for H2
 * @param clock what history is dated with
 */
public record StoreSettings(String url, String user, String password, Durability durability, InstantSource clock) {

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
