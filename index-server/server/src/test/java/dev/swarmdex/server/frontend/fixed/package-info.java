@NullMarked
package dev.swarmdex.server.frontend.fixed;

import org.jspecify.annotations.NullMarked;
