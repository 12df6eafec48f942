package dev.swarmdex.server.settings;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.config.Default;
import java.util.Optional;

/**
 * Where the operator's page, the API and the metrics are served.
 *
 * @param bind an address as {@link BindAddress} reads it, or empty text for none
 * @param sql who may ask in SQL there
 */
public record HttpSettings(@Default("127.0.0.1:7180") String bind, @Default("this-machine") SqlFor sql) {

    /** Who may ask in SQL. */
    public enum SqlFor {
        /** Whoever reaches the page, if only this machine does. */
        THIS_MACHINE,
        /** Whoever reaches the page. */
        EVERYBODY,
        /** Nobody. */
        NOBODY
    }

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

    /** Whether queries in SQL are answered at the address. */
    public boolean answersSql() {
        return switch (sql) {
            case THIS_MACHINE -> address().map(BindAddress::toSocketAddress)
                    .filter(each -> !each.isUnresolved() && each.getAddress().isLoopbackAddress()).isPresent();
            case EVERYBODY -> true;
            case NOBODY -> false;
        };
    }
}
