package dev.swarmdex.peer.api;

import java.security.MessageDigest;
import org.pf4j.ExtensionPoint;

/**
 * A hash function for contents. The host builds the Merkle tree (BEP 52: 16 KiB blocks, missing leaves zero); the
 * hasher digests a block, or the two digests below an inner node. Called from many threads at once.
 */
public interface FileHasher extends ExtensionPoint {

    /**
     * The prefix of the content ids this hasher makes, as {@link ContentId} allows it, always the same, unique among
     * the loaded plugins.
     */
    String algorithm();

    /** A new digest for one thread; its {@code getDigestLength} is the same each time, 16 to 64. */
    MessageDigest newDigest();
}
