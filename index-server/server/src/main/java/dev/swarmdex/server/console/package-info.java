/** {@code index console}: H2's console in the browser. */
@NullMarked
package dev.swarmdex.server.console;

import org.jspecify.annotations.NullMarked;
