package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.FileHasher;
import java.lang.ref.Cleaner;
import java.security.MessageDigest;

/**
 * A plugin's hasher, in use as long as it or one of its digests is reachable: a hasher is kept for long, and nobody
 * closes a digest.
 */
final class CountedHasher implements FileHasher {

    private static final Cleaner CLEANER = Cleaner.create();

    private final String algorithm;
    private final FileHasher hasher;
    private final Uses uses;

    private CountedHasher(String algorithm, FileHasher hasher, Uses uses) {
        this.algorithm = algorithm;
        this.hasher = hasher;
        this.uses = uses;
    }

    static CountedHasher of(String algorithm, FileHasher hasher, Uses uses) {
        CountedHasher counted = new CountedHasher(algorithm, hasher, uses);
        counted.useWhileReachable(counted);
        return counted;
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public MessageDigest newDigest() {
        MessageDigest digest = hasher.newDigest();
        useWhileReachable(digest);
        return digest;
    }

    private void useWhileReachable(Object something) {
        if (!uses.begin()) {
            throw new IllegalStateException("the plugin for " + algorithm + " was removed");
        }
        CLEANER.register(something, uses::end);
    }
}
