/** The index in a database: schema, rows, and the one thread that writes them. */
@NullMarked
package dev.swarmdex.store.database;

import org.jspecify.annotations.NullMarked;
