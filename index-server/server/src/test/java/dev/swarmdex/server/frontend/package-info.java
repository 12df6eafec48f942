@NullMarked
package dev.swarmdex.server.frontend;

import org.jspecify.annotations.NullMarked;
