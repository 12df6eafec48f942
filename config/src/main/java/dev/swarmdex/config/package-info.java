/** Strict binding of TOML files, the environment and command-line overrides to immutable records; and the log. */
@NullMarked
package dev.swarmdex.config;

import org.jspecify.annotations.NullMarked;
