/** The peer host. */
@NullMarked
package dev.swarmdex.peer.host;

import org.jspecify.annotations.NullMarked;
