/** The {@code random} selector: every peer equally likely to be first. */
@NullMarked
package dev.swarmdex.plugin.random;

import org.jspecify.annotations.NullMarked;
