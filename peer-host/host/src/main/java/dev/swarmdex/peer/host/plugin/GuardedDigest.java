package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;

/** A plugin's digest. What it throws becomes an IllegalStateException, so that an error of its own ends no host's thread. */
final class GuardedDigest extends MessageDigest {

    private final MessageDigest digest;
    private final Guard guard;

    GuardedDigest(MessageDigest digest, Guard guard) {
        super(digest.getAlgorithm());
        this.digest = digest;
        this.guard = guard;
    }

    @Override
    protected int engineGetDigestLength() {
        return watch(digest::getDigestLength);
    }

    @Override
    protected void engineUpdate(byte input) {
        watch(() -> {
            digest.update(input);
            return this;
        });
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        watch(() -> {
            digest.update(input, offset, length);
            return this;
        });
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
        watch(() -> {
            digest.update(input);
            return this;
        });
    }

    @Override
    protected byte[] engineDigest() {
        return watch(digest::digest);
    }

    @Override
    protected int engineDigest(byte[] target, int offset, int length) {
        return watch(() -> {
            try {
                return digest.digest(target, offset, length);
            } catch (DigestException tooShort) {
                throw new IllegalStateException(tooShort);
            }
        });
    }

    @Override
    protected void engineReset() {
        watch(() -> {
            digest.reset();
            return this;
        });
    }

    private <T> T watch(Guard.Call<T> call) {
        try {
            return guard.watch("digest", call);
        } catch (IOException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }
}
