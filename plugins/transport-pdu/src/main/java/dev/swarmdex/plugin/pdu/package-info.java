/** The {@code pdu} transport: files in text PDUs, as the programs of seed 000 exchange them; see this module's README. */
@NullMarked
package dev.swarmdex.plugin.pdu;

import org.jspecify.annotations.NullMarked;
