/** The front-end of lines over one TCP connection a user, the protocol of seed 003. */
@NullMarked
package dev.swarmdex.server.frontend.lines;

import org.jspecify.annotations.NullMarked;
