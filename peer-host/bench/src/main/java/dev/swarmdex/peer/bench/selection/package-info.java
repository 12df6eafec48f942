/** Swarms in virtual time, to see what each selector makes of them. */
@NullMarked
package dev.swarmdex.peer.bench.selection;

import org.jspecify.annotations.NullMarked;
