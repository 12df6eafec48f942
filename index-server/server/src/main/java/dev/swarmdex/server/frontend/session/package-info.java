/** The front-end of words over one TCP connection a peer, the protocol of seed 002. */
@NullMarked
package dev.swarmdex.server.frontend.session;

import org.jspecify.annotations.NullMarked;
