@NullMarked
package dev.swarmdex.store;

import org.jspecify.annotations.NullMarked;
