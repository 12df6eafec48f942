@NullMarked
package dev.swarmdex.server.console;

import org.jspecify.annotations.NullMarked;
