/** Text PDUs of at most 102 bytes, the protocol of seed 000, described in the module's README. */
@NullMarked
package dev.swarmdex.protocol.pdu;

import org.jspecify.annotations.NullMarked;
