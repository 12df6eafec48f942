package dev.swarmdex.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a returning peer is recognised by: the SHA-256 of a secret that only the peer keeps. The index never holds the
 * secret itself, so whoever reads its database can't pose as a peer.
 *
 * @param digest 64 lower-case hex digits, or empty where the protocol has no secret
 */
public record Identity(String digest) {

    private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{64})?");

    /** The identity of a peer whose protocol has none; it proves nothing. */
    public static final Identity NONE = new Identity("");

    /** Checks the digest. */
    public Identity {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("an identity must be 64 lower-case hex digits or empty");
        }
    }

    /** The identity that the secret proves; {@link #NONE} for an empty one. */
    public static Identity ofSecret(String secret) {
        return secret.isEmpty()
                ? NONE
                : new Identity(HexFormat.of().formatHex(sha256().digest(secret.getBytes(StandardCharsets.UTF_8))));
    }

    /** Hides the digest, so that it doesn't end in a log. */
    @Override
    public String toString() {
        return digest.isEmpty() ? "Identity[none]" : "Identity[set]";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
