/** The host's side of the native protocol: asking the index, and keeping it in line with what the host shares. */
@NullMarked
package dev.swarmdex.peer.host.index;

import org.jspecify.annotations.NullMarked;
