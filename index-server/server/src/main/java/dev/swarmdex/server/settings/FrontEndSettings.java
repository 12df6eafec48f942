package dev.swarmdex.server.settings;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.config.Remaining;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.service.IndexService;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code [[frontend]]} table.
 *
 * @param lease how long a peer's contents stay without a sign of life; empty for what suits the protocol
 * @param options the protocol's own keys
 */
public record FrontEndSettings(Protocol protocol, BindAddress bind, Optional<Duration> lease,
        @Remaining Map<String, String> options) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(49);

    /** Checks the lease and the options. */
    public FrontEndSettings {
        if (lease.isPresent() && (lease.get().compareTo(SHORTEST) < 0 || lease.get().compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("lease: must be 1s to 49d");
        }
        protocol.checkOptions(options);
    }

    /** The lease of the protocol's sessions. */
    public Duration leaseLength() {
        return lease.orElse(protocol.usualLease());
    }

    /** The front-end, which does not listen yet. */
    public FrontEnd make(IndexService service, Guard guard) {
        return protocol.make(this, service, guard);
    }
}
