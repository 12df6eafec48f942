package dev.swarmdex.server.settings;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.config.Default;
import java.net.InetAddress;

/** Where {@code index console} serves H2's web console. */
public record ConsoleSettings(@Default("127.0.0.1:7182") BindAddress bind) {

    /** Whoever reaches the console is logged in: it stays on this machine. */
    public ConsoleSettings {
        InetAddress address = bind.toSocketAddress().getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "bind: must be an address of this machine only, such as 127.0.0.1:7182, not " + bind);
        }
    }
}
