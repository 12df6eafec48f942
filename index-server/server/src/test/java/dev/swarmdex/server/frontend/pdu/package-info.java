@NullMarked
package dev.swarmdex.server.frontend.pdu;

import org.jspecify.annotations.NullMarked;
