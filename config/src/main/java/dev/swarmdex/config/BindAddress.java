package dev.swarmdex.config;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, written {@code host:port}, with brackets around an IPv6 address.
 *
 * @param host an IP address (without brackets) or a name
 * @param port 0 picks a free one
 */
public record BindAddress(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([\\w.-]+)):(\\d{1,9})");

    /** Refuses impossible ports. */
    public BindAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port must be 0 to 65535");
        }
    }

    /** Reads an address as it is written in a config. */
    public static BindAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("it has no host, no port, or an IPv6 address without brackets");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new BindAddress(host, Integer.parseInt(matcher.group(3)));
    }

    /** The address for a socket; a name is looked up, which may take a while and may leave the result unresolved. */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
