/** What all commands share: their options, and the world around them. */
@NullMarked
package dev.swarmdex.server.command;

import org.jspecify.annotations.NullMarked;
