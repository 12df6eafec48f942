package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.Port;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a peer can be reached. In a request an empty host means "the address this datagram comes from".
 *
 * @param scheme the transport: a letter, then at most 15 of {@code a-z 0-9 + -}
 * @param host a host name or a numeric address without brackets, at most 255 characters {@code A-Z a-z 0-9 . _ : % -}
 * @param port 1 to 65535
 */
public record Endpoint(String scheme, String host, int port) {

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+-]{0,15}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{0," + Limits.HOST + "}");

    /** Checks the scheme, the host and the port. */
    public Endpoint {
        if (!SCHEME.matcher(scheme).matches()) {
            throw new IllegalArgumentException(
                    "scheme must be a letter a-z followed by at most 15 of a-z, 0-9, + and -");
        }
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("host must be at most 255 letters, digits and . _ : % -");
        }
        Port.check(port);
    }

    int wireSize() {
        return 1 + scheme.length() + 1 + host.length() + 2;
    }

    /** Checks the endpoints of a peer that speaks for itself: hosts may be empty. */
    static List<Endpoint> checkOwn(List<Endpoint> endpoints) {
        int bytes = 0;
        for (Endpoint endpoint : endpoints) {
            bytes += endpoint.wireSize() + (endpoint.host.isEmpty() ? Limits.ADDRESS : 0);
        }
        if (endpoints.isEmpty() || endpoints.size() > Limits.ENDPOINTS || bytes > Limits.ENDPOINTS_BYTES) {
            throw new IllegalArgumentException(
                    "a peer has 1 to 8 endpoints that together take at most 472 bytes; these are " + endpoints.size()
                            + " with " + bytes + " bytes");
        }
        return List.copyOf(endpoints);
    }

    /** Checks the endpoints of a peer that others are to reach: hosts must be there. */
    static List<Endpoint> checkReachable(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.host.isEmpty()) {
                throw new IllegalArgumentException("an endpoint in a reply needs a host");
            }
        }
        return checkOwn(endpoints);
    }

    static int wireSize(List<Endpoint> endpoints) {
        int bytes = 1;
        for (Endpoint endpoint : endpoints) {
            bytes += endpoint.wireSize();
        }
        return bytes;
    }
}
