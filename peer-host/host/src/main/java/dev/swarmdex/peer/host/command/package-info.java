/** The command line of the peer host: one class a command. */
@NullMarked
package dev.swarmdex.peer.host.command;

import org.jspecify.annotations.NullMarked;
