/** The server itself: its parts put together, started and stopped. */
@NullMarked
package dev.swarmdex.server.run;

import org.jspecify.annotations.NullMarked;
