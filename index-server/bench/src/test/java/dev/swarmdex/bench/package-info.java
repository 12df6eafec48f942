@NullMarked
package dev.swarmdex.bench;

import org.jspecify.annotations.NullMarked;
