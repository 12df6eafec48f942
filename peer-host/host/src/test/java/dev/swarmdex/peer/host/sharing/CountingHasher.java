package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.FileHasher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;

/** The sha256-tree hasher, counting the bytes it digests, and slow on demand. */
final class CountingHasher implements FileHasher {

    private final String algorithm;
    final AtomicLong bytes = new AtomicLong();
    /** Called before each digest of a block or node. */
    volatile Runnable beforeDigest = () -> {};

    CountingHasher() {
        this("sha256-tree");
    }

    CountingHasher(String algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public MessageDigest newDigest() {
        return new Counting(sha256());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private final class Counting extends MessageDigest {

        private final MessageDigest digest;

        Counting(MessageDigest digest) {
            super(digest.getAlgorithm());
            this.digest = digest;
        }

        @Override
        protected int engineGetDigestLength() {
            return digest.getDigestLength();
        }

        @Override
        protected void engineUpdate(byte input) {
            bytes.incrementAndGet();
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            bytes.addAndGet(length);
            digest.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            beforeDigest.run();
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            digest.reset();
        }
    }
}
