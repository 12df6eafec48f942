@NullMarked
package dev.swarmdex.server.metrics;

import org.jspecify.annotations.NullMarked;
