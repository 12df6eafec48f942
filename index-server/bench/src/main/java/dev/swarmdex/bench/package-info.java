/** Loads on the index, measured: against plain inserts, from outside over UDP, and through kills. */
@NullMarked
package dev.swarmdex.bench;

import org.jspecify.annotations.NullMarked;
