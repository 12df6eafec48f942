/** The {@code fastest} selector: the peers that were fast before, with an eye on the others. */
@NullMarked
package dev.swarmdex.plugin.fastest;

import org.jspecify.annotations.NullMarked;
