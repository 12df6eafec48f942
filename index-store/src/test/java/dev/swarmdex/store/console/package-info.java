@NullMarked
package dev.swarmdex.store.console;

import org.jspecify.annotations.NullMarked;
