/** Words over one TCP connection a peer, the protocol of seed 002, described in the module's README. */
@NullMarked
package dev.swarmdex.protocol.session;

import org.jspecify.annotations.NullMarked;
