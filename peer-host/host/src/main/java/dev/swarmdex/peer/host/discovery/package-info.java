/** Where the host learns of contents and their sources: the index, known hosts, and the peers seen last. */
@NullMarked
package dev.swarmdex.peer.host.discovery;

import org.jspecify.annotations.NullMarked;
