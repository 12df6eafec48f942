/** What {@code get} does: it fetches a file, or a folder with all its files. */
@NullMarked
package dev.swarmdex.peer.host.retrieval;

import org.jspecify.annotations.NullMarked;
