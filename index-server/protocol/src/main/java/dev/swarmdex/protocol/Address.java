package dev.swarmdex.protocol;

import java.util.regex.Pattern;

/**
 * Where to connect to, in the protocols of the seeds.
 *
 * @param host a host name or a numeric address without brackets, 1 to 64 characters {@code A-Z a-z 0-9 . _ : % -}
 * @param port 1 to 65535
 */
public record Address(String host, int port) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,64}");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    /** Checks the host and the port. */
    public Address {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("host must be 1 to 64 letters, digits and . _ : % -");
        }
        Port.check(port);
    }

    /** Whether the host is a numeric IPv4 address. */
    public boolean isIpv4() {
        return IPV4.matcher(host).matches();
    }
}
