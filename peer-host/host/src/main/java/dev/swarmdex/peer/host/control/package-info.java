/** The local control socket: how a command reaches the host that runs with the same state folder. */
@NullMarked
package dev.swarmdex.peer.host.control;

import org.jspecify.annotations.NullMarked;
