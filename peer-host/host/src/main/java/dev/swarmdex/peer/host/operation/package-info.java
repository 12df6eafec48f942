/** What a running host does for the commands: their results are what {@code --json} prints. */
@NullMarked
package dev.swarmdex.peer.host.operation;

import org.jspecify.annotations.NullMarked;
