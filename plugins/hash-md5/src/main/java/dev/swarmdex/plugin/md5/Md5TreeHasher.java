package dev.swarmdex.plugin.md5;

import dev.swarmdex.peer.api.FileHasher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pf4j.Extension;

/**
 * MD5 of the JDK. It finds damage, but not malice: whoever wants to can make two contents with one id, so trust it only
 * where all peers are trusted. A content of one block (16 KiB) has its plain MD5 for its digest.
 */
@Extension
public final class Md5TreeHasher implements FileHasher {

    @Override
    public String algorithm() {
        return "md5-tree";
    }

    @Override
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
