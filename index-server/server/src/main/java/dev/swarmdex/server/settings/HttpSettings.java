package dev.swarmdex.server.settings;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.config.Default;
import java.util.Optional;

/**
 * Where the operator's page, the API and the metrics are served.
 *
 * @param bind an address as {@link BindAddress} reads it, or empty text for none
 */
public record HttpSettings(@Default("127.0.0.1:7180") String bind) {

    /** Checks the address. */
    public HttpSettings {
        if (!bind.isEmpty()) {
            try {
                BindAddress.parse(bind);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("bind: \"" + bind
                        + "\" is not an address such as \"127.0.0.1:7180\", or \"\" for none: " + e.getMessage(), e);
            }
        }
    }

    /** The address; empty where nothing is to be served. */
    public Optional<BindAddress> address() {
        return bind.isEmpty() ? Optional.empty() : Optional.of(BindAddress.parse(bind));
    }
}
