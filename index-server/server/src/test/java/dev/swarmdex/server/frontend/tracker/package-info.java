@NullMarked
package dev.swarmdex.server.frontend.tracker;

import org.jspecify.annotations.NullMarked;
