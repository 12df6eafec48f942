package dev.swarmdex.peer.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a peer can be reached: {@code scheme://host:port}; the scheme names the transport that speaks there.
 *
 * @param scheme 1 to 32 lower-case letters, digits, {@code +}, {@code -} and {@code .}, beginning with a letter
 * @param host a name or an address of 1 to 255 characters, an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record Endpoint(String scheme, String host, int port) {

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,31}");
    /** Letters of any script, digits, and what names and addresses hold; {@code %} begins an IPv6 zone. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%-]{1,255}");
    private static final Pattern TEXT = Pattern.compile("([^:/]+)://(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

    /** Refuses what can't be an endpoint with an IllegalArgumentException. */
    public Endpoint {
        if (!SCHEME.matcher(scheme).matches()) {
            throw new IllegalArgumentException("not a scheme: '" + scheme + "' (lower-case letters, say tcp)");
        }
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("not a host name or address: '" + host + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port + " (1 to 65535)");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the text is not an endpoint
     */
    public static Endpoint parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an endpoint: '" + text + "' (scheme://host:port)");
        }
        String host = parts.group(2) != null ? parts.group(2) : parts.group(3);
        return new Endpoint(parts.group(1), host, Integer.parseInt(parts.group(4)));
    }

    /** The text form, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return scheme + "://" + bracketed + ":" + port;
    }
}
