@NullMarked
package dev.swarmdex.server.frontend.lines;

import org.jspecify.annotations.NullMarked;
