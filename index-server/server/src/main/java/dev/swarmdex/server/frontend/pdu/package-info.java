/** The front-end of text PDUs, the protocol of seed 000. */
@NullMarked
package dev.swarmdex.server.frontend.pdu;

import org.jspecify.annotations.NullMarked;
