/** Claims about the line protocol of seed 003. */
@NullMarked
package dev.swarmdex.protocol.lines;

import org.jspecify.annotations.NullMarked;
