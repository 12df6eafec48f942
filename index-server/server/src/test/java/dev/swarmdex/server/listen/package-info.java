@NullMarked
package dev.swarmdex.server.listen;

import org.jspecify.annotations.NullMarked;
