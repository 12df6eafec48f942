/** The program {@code swarmdex demo}: the real programs at work on this machine, as separate processes. */
@NullMarked
package dev.swarmdex.peer.host.demo;

import org.jspecify.annotations.NullMarked;
