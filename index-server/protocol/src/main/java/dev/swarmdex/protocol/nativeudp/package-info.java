/** The native protocol over UDP, described byte by byte in the module's README. */
@NullMarked
package dev.swarmdex.protocol.nativeudp;

import org.jspecify.annotations.NullMarked;
