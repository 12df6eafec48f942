/** The front-end of fixed-layout PDUs, the protocol of seed 001. */
@NullMarked
package dev.swarmdex.server.frontend.fixed;

import org.jspecify.annotations.NullMarked;
