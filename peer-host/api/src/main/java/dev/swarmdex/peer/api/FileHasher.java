package dev.swarmdex.peer.api;

import java.security.MessageDigest;
import org.pf4j.ExtensionPoint;

/**
 * A hash function for contents. The host builds the Merkle tree (BEP 52: 16 KiB blocks, missing leaves zero); the
 * hasher digests a block, or the two digests below an inner node.
 *
 * <p>The host makes one instance per loaded plugin, with the constructor that takes nothing, and calls it from many threads
 * at once. Nothing here blocks; nothing needs closing. The host keeps the plugin loaded as long as it can reach the hasher or
 * one of its digests.
 */
public interface FileHasher extends ExtensionPoint {

    /**
     * The prefix of the content ids this hasher makes, as {@link ContentId} allows it, always the same, unique among
     * the loaded plugins.
     */
    String algorithm();

    /**
     * A new digest for one thread at a time. Its {@code getDigestLength} is the same each time, 16 to 64, and it can be used
     * again after {@code digest}. The host calls {@code update} with arrays and buffers of up to a megabyte and
     * {@code digest} into an array of its own; both are to cost as little as the function allows.
     */
    MessageDigest newDigest();
}
