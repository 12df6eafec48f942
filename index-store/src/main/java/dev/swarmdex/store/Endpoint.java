package dev.swarmdex.store;

import java.util.regex.Pattern;

/**
 * Where a peer can be reached: {@code scheme://host:port}.
 *
 * @param scheme names the transport: 1 to 32 characters {@code a-z 0-9 + . -}, the first a letter
 * @param host a name or an address, 1 to 255 bytes
 * @param port 1 to 65535
 */
public record Endpoint(String scheme, String host, int port) {

    /** The most bytes of a host. */
    public static final int MAX_HOST = 255;

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,31}");

    /** Checks the bounds. */
    public Endpoint {
        if (!SCHEME.matcher(scheme).matches()) {
            throw new IllegalArgumentException("a scheme must be 1 to 32 characters a-z, 0-9, +, . or -");
        }
        Text.check("host", host, 1, MAX_HOST);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
    }
}
