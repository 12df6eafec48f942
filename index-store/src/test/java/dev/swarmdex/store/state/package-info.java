@NullMarked
package dev.swarmdex.store.state;

import org.jspecify.annotations.NullMarked;
