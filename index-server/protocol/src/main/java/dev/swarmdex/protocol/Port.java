package dev.swarmdex.protocol;

/** The rule for port numbers: 1 to 65535. */
public final class Port {

    private Port() {}

    /** Returns the port if it is one, and throws an {@link IllegalArgumentException} otherwise. */
    public static int check(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", allowed are 1 to 65535");
        }
        return port;
    }

    /** The port that the text writes in decimal digits, at most five of them. */
    public static int parse(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a port is not a number of up to five digits");
        }
        return check(Integer.parseInt(text));
    }
}
