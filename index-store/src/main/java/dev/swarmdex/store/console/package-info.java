/** Reading the index with SQL, beside the server that writes it. */
@NullMarked
package dev.swarmdex.store.console;

import org.jspecify.annotations.NullMarked;
