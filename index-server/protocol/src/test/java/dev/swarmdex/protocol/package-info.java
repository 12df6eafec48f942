/** Claims about the module as a whole. */
@NullMarked
package dev.swarmdex.protocol;

import org.jspecify.annotations.NullMarked;
