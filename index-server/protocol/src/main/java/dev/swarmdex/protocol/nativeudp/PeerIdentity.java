package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.util.regex.Pattern;

/**
 * Who a request speaks for: the peer's name, and the 16 random bytes (as 32 lower-case hex digits) that it keeps in its
 * state folder and that show the index that a returning peer is the same one.
 *
 * @param name 1 to 64 bytes of UTF-8 without control characters, {@code /} and {@code ;}
 */
public record PeerIdentity(String name, String secret) {

    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{32}");

    /** Checks the name and the secret. */
    public PeerIdentity {
        checkName(name);
        if (!SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("a peer's secret must be 32 lower-case hex digits");
        }
    }

    int wireSize() {
        return 1 + WireText.utf8Length(name) + 16;
    }

    /** Hides the secret, so that it can't end in a log. */
    @Override
    public String toString() {
        return "PeerIdentity[" + name + "]";
    }

    static String checkName(String name) {
        WireText.check("peer name", name, 1, Limits.PEER_NAME);
        if (name.indexOf('/') >= 0 || name.indexOf(';') >= 0) {
            throw new IllegalArgumentException("peer name must not contain / or ;");
        }
        return name;
    }
}
