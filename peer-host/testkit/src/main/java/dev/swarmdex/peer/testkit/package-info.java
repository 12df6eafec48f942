/** The contracts of the extension points as tests, for a plugin's own tests to extend. */
@NullMarked
package dev.swarmdex.peer.testkit;

import org.jspecify.annotations.NullMarked;
