@NullMarked
package dev.swarmdex.store.database;

import org.jspecify.annotations.NullMarked;
