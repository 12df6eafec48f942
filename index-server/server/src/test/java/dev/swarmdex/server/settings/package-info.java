@NullMarked
package dev.swarmdex.server.settings;

import org.jspecify.annotations.NullMarked;
