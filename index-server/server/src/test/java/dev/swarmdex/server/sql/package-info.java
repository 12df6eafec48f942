@NullMarked
package dev.swarmdex.server.sql;

import org.jspecify.annotations.NullMarked;
