package dev.swarmdex.server.settings;

import dev.swarmdex.config.Default;
import dev.swarmdex.config.LogSettings;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.H2File;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The index server's config file. */
public record ServerSettings(Store store, @Default("[]") List<FrontEndSettings> frontend, LimitSettings limits,
        HttpSettings http, ConsoleSettings console, LogSettings log) {

    /**
     * Where and how the index is kept.
     *
     * @param historyRetention how long what ended is remembered
     * @param user the owner of a PostgreSQL database; empty for H2
     */
    public record Store(@Default("jdbc:h2:file:./data/index") String url, @Default("fsync") Durability durability,
            @Default("365d") Duration historyRetention, @Default("") String user, @Default("") String password) {

        /** Checks the URL and the retention. */
        public Store {
            if (!url.startsWith("jdbc:postgresql:")) {
                requireH2(url);
            }
            if (!StoreSettings.isRetention(historyRetention)) {
                throw new IllegalArgumentException("history-retention: must be 1h to 365000d");
            }
        }

        private static void requireH2(String url) {
            try {
                H2File.of(url);
            } catch (StoreException wrong) {
                throw new IllegalArgumentException("url: " + wrong.getMessage(), wrong);
            }
        }

        /** The same for the store. */
        public StoreSettings toStoreSettings() {
            return new StoreSettings(url, user, password, durability, InstantSource.system(), historyRetention);
        }

        /** Hides the password. */
        @Override
        public String toString() {
            return "Store[" + url + ", " + durability + "]";
        }
    }

    /** There must be a front-end, and each protocol may be served once, since its sessions have one lease. */
    public ServerSettings {
        if (frontend.isEmpty()) {
            throw new IllegalArgumentException(
                    "frontend: there is no [[frontend]] table, so nobody could reach the index");
        }
        Set<Protocol> seen = EnumSet.noneOf(Protocol.class);
        for (FrontEndSettings each : frontend) {
            if (!seen.add(each.protocol())) {
                throw new IllegalArgumentException(
                        "frontend: has two tables for one protocol; to listen on IPv4 and IPv6"
                                + " bind one to [::]");
            }
        }
    }
}
