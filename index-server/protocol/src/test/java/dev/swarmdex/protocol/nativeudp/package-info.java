/** Claims about the native protocol. */
@NullMarked
package dev.swarmdex.protocol.nativeudp;

import org.jspecify.annotations.NullMarked;
