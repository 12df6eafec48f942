/** What transports over TCP streams have in common: listening within limits, and connections with deadlines. */
@NullMarked
package dev.swarmdex.peer.transportkit;

import org.jspecify.annotations.NullMarked;
