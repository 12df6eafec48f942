/** Claims about the session protocol of seed 002. */
@NullMarked
package dev.swarmdex.protocol.session;

import org.jspecify.annotations.NullMarked;
