/**
 * The programs of the five older systems, small ones of our own, on plain sockets.
 *
 * <p>They know the bytes from the systems' documents and nothing of Swarmdex: what they say and accept is a second
 * opinion on its codecs. Each waits ten seconds for an answer at most, and fails at the first byte that a program of its
 * system would not understand.
 */
@NullMarked
package dev.swarmdex.it.seed;

import org.jspecify.annotations.NullMarked;
