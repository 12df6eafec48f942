@NullMarked
package dev.swarmdex.store.names;

import org.jspecify.annotations.NullMarked;
