/** Claims about the messages of BEP 15. */
@NullMarked
package dev.swarmdex.protocol.tracker;

import org.jspecify.annotations.NullMarked;
