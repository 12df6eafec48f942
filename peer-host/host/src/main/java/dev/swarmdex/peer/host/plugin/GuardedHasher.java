package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.FileHasher;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.security.MessageDigest;

/**
 * A plugin's hasher, in use as long as it or one of its digests is reachable: a hasher is kept for long, and nobody
 * closes a digest.
 */
final class GuardedHasher implements FileHasher {

    private static final Cleaner CLEANER = Cleaner.create();

    private final String algorithm;
    private final FileHasher hasher;
    private final Guard guard;

    private GuardedHasher(String algorithm, FileHasher hasher, Guard guard) {
        this.algorithm = algorithm;
        this.hasher = hasher;
        this.guard = guard;
    }

    static GuardedHasher of(String algorithm, FileHasher hasher, Guard guard) {
        GuardedHasher guarded = new GuardedHasher(algorithm, hasher, guard);
        guarded.useWhileReachable(guarded);
        return guarded;
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public MessageDigest newDigest() {
        try {
            MessageDigest digest = new GuardedDigest(guard.watch("newDigest", hasher::newDigest), guard);
            useWhileReachable(digest);
            return digest;
        } catch (IOException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    private void useWhileReachable(Object something) {
        try {
            guard.begin();
        } catch (IOException gone) {
            throw new IllegalStateException(gone.getMessage(), gone);
        }
        CLEANER.register(something, guard.uses()::end);
    }
}
