/**
 * Tests of the whole system: the real programs with the real plugin jars, driven through their command lines and watched
 * from outside. {@link dev.swarmdex.it.Swarm} is where to begin.
 */
@NullMarked
package dev.swarmdex.it;

import org.jspecify.annotations.NullMarked;
