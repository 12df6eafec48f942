@NullMarked
package dev.swarmdex.server.run;

import org.jspecify.annotations.NullMarked;
