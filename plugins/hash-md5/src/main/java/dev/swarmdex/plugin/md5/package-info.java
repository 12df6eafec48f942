/** The {@code md5-tree} hasher: MD5 in the place of SHA-256 in the hash tree. */
@NullMarked
package dev.swarmdex.plugin.md5;

import org.jspecify.annotations.NullMarked;
