/** What a plugin sees: the three extension points and the values that cross them. */
@NullMarked
package dev.swarmdex.peer.api;

import org.jspecify.annotations.NullMarked;
