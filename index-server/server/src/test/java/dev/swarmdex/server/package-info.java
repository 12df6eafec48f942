@NullMarked
package dev.swarmdex.server;

import org.jspecify.annotations.NullMarked;
