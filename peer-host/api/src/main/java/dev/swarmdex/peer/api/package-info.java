/**
 * What a plugin sees: the three extension points and the values that cross them. Besides these a plugin may use the JDK,
 * PF4J's {@code @Extension}, and SLF4J for its log; whatever else it needs it brings in its own jar, but never a copy of
 * this package.
 *
 * <p>An extension reports trouble by the exceptions that its methods name. Anything else that it throws is the plugin's
 * failure, and so is a call that no peer can hold up (to listen, to close, to rank) and that does not come back in time: the
 * host notes it, goes on, and after five in a row switches the plugin off. What waits for a peer and takes too long is
 * given up, as that peer's failure. What the README of this module promises of compatibility, {@code api.txt} beside it
 * states and a test compares.
 */
@NullMarked
package dev.swarmdex.peer.api;

import org.jspecify.annotations.NullMarked;
