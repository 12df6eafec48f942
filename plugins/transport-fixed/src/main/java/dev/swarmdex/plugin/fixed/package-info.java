/** The {@code fixed} transport: files in frames of 101 bytes, as seed 001's programs exchange them; see this module's README. */
@NullMarked
package dev.swarmdex.plugin.fixed;

import org.jspecify.annotations.NullMarked;
