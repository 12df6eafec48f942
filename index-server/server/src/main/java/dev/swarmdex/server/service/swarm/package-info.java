/** Swarms, as trackers know them: in memory, with what is written behind of them. */
@NullMarked
package dev.swarmdex.server.service.swarm;

import org.jspecify.annotations.NullMarked;
