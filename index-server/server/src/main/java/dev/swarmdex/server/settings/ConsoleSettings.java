package dev.swarmdex.server.settings;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.config.Default;

/** Where {@code index console} serves H2's web console. */
public record ConsoleSettings(@Default("127.0.0.1:7182") BindAddress bind) {

    /** Whoever reaches the console is logged in: it stays on this machine. */
    public ConsoleSettings {
        if (!bind.host().equals("127.0.0.1") && !bind.host().equals("localhost")) {
            throw new IllegalArgumentException("bind: must be 127.0.0.1 and a port, as in 127.0.0.1:7182, not " + bind);
        }
    }
}
