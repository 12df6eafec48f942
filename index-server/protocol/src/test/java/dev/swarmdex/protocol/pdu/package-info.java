/** Claims about the text PDUs of seed 000. */
@NullMarked
package dev.swarmdex.protocol.pdu;

import org.jspecify.annotations.NullMarked;
