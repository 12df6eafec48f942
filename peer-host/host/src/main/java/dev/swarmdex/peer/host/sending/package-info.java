/** How the bytes of files get to those who ask for them. */
@NullMarked
package dev.swarmdex.peer.host.sending;

import org.jspecify.annotations.NullMarked;
