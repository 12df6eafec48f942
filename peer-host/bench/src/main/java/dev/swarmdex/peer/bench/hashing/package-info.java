/** How fast files are hashed. */
@NullMarked
package dev.swarmdex.peer.bench.hashing;

import org.jspecify.annotations.NullMarked;
