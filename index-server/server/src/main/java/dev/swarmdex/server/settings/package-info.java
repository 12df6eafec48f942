/** The config of the index server, as records. */
@NullMarked
package dev.swarmdex.server.settings;

import org.jspecify.annotations.NullMarked;
