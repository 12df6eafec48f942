/** The {@code blake3-tree} hasher: BLAKE3 in the place of SHA-256 in the hash tree. */
@NullMarked
package dev.swarmdex.plugin.blake3;

import org.jspecify.annotations.NullMarked;
