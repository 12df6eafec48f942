package dev.swarmdex.plugin.blake3;

import java.security.MessageDigest;
import org.apache.commons.codec.digest.Blake3;

/** The library's BLAKE3 in the JDK's form. Not safe for many threads, as all digests. */
final class Blake3Digest extends MessageDigest {

    private static final int LENGTH = 32;

    private final Blake3 blake3 = Blake3.initHash();

    Blake3Digest() {
        super("BLAKE3");
    }

    @Override
    protected int engineGetDigestLength() {
        return LENGTH;
    }

    @Override
    protected void engineUpdate(byte input) {
        blake3.update(new byte[]{input});
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        blake3.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
        byte[] digest = new byte[LENGTH];
        blake3.doFinalize(digest);
        blake3.reset();
        return digest;
    }

    @Override
    protected void engineReset() {
        blake3.reset();
    }
}
