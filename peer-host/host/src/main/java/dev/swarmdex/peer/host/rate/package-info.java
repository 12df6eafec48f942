/** Limits to how much data flows in a second. */
@NullMarked
package dev.swarmdex.peer.host.rate;

import org.jspecify.annotations.NullMarked;
