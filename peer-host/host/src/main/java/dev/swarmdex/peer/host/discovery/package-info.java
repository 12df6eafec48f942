/** Where the host learns of contents and their sources: the index. */
@NullMarked
package dev.swarmdex.peer.host.discovery;

import org.jspecify.annotations.NullMarked;
