/** What the index is now, and what a change does to it. In memory only; knows no SQL. */
@NullMarked
package dev.swarmdex.store.state;

import org.jspecify.annotations.NullMarked;
