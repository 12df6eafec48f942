/** Strict binding of TOML files, the environment and command-line overrides to immutable records. */
@NullMarked
package dev.swarmdex.config;

import org.jspecify.annotations.NullMarked;
