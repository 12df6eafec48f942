/** The {@code sticky-nearest} selector: the same peers each time, those on the own networks first. */
@NullMarked
package dev.swarmdex.plugin.stickynearest;

import org.jspecify.annotations.NullMarked;
