/** The front-end of the native protocol. */
@NullMarked
package dev.swarmdex.server.frontend.nativeudp;

import org.jspecify.annotations.NullMarked;
