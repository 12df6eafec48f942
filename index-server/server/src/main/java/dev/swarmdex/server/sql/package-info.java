/** {@code index sql}: queries, and how their results are shown. */
@NullMarked
package dev.swarmdex.server.sql;

import org.jspecify.annotations.NullMarked;
