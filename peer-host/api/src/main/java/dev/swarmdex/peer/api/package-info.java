/**
 * What a plugin sees: the three extension points and the values that cross them. Besides these a plugin may use the JDK,
 * PF4J's {@code @Extension}, and SLF4J for its log; whatever else it needs it brings in its own jar, but never a copy of
 * this package.
 */
@NullMarked
package dev.swarmdex.peer.api;

import org.jspecify.annotations.NullMarked;
