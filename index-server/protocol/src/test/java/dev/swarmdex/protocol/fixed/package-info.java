/** Claims about the fixed-layout PDUs of seed 001. */
@NullMarked
package dev.swarmdex.protocol.fixed;

import org.jspecify.annotations.NullMarked;
