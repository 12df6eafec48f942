@NullMarked
package dev.swarmdex.peer.bench.selection;

import org.jspecify.annotations.NullMarked;
