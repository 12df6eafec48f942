package dev.swarmdex.peer.host.assembly;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host with or without a port, as in {@code advertise}; port 0 where none is given. */
record HostAndPort(String host, int port) {

    private static final Pattern TEXT = Pattern
            .compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]/\\s]+))(?::([0-9]{1,5}))?");
    private static final int HIGHEST_PORT = 65_535;

    static HostAndPort parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("advertise: not a host or host:port: \"" + text + "\"");
        }
        int port = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        if (port > HIGHEST_PORT) {
            throw new IllegalArgumentException("advertise: the port must be 1 to 65535, not " + port);
        }
        return new HostAndPort(parts.group(1) != null ? parts.group(1) : parts.group(2), port);
    }
}
