package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.FileHasher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hasher over one of the JDK's digests. */
public record JdkHasher(String algorithm, String digest) implements FileHasher {

    static final JdkHasher SHA256 = new JdkHasher("sha256-tree", "SHA-256");
    static final JdkHasher SHA512 = new JdkHasher("sha512-tree", "SHA-512");

    @Override
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
