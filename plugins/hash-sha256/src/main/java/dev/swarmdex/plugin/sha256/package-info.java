/** The {@code sha256-tree} hasher: BEP 52's hash function. */
@NullMarked
package dev.swarmdex.plugin.sha256;

import org.jspecify.annotations.NullMarked;
