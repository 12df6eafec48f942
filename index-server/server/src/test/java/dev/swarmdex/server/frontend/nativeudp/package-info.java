@NullMarked
package dev.swarmdex.server.frontend.nativeudp;

import org.jspecify.annotations.NullMarked;
