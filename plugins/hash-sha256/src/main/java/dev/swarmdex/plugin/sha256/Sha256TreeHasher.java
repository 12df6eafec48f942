package dev.swarmdex.plugin.sha256;

import dev.swarmdex.peer.api.FileHasher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pf4j.Extension;

/** SHA-256 of the JDK, which uses the processor's SHA instructions where there are any. */
@Extension
public final class Sha256TreeHasher implements FileHasher {

    @Override
    public String algorithm() {
        return "sha256-tree";
    }

    @Override
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
