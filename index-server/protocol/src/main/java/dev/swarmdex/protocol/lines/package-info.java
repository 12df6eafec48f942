/** Lines over one TCP connection a user, the protocol of seed 003, described in the module's README. */
@NullMarked
package dev.swarmdex.protocol.lines;

import org.jspecify.annotations.NullMarked;
