/** PDUs of 101 bytes with fields at fixed places, the protocol of seed 001, described in the module's README. */
@NullMarked
package dev.swarmdex.protocol.fixed;

import org.jspecify.annotations.NullMarked;
