/** The hash tree of a content (BEP 52's, one per file): built, checked, and computed for files on disk. */
@NullMarked
package dev.swarmdex.peer.host.tree;

import org.jspecify.annotations.NullMarked;
