/**
 * The interactive menu: lines in, commands out. It knows the commands of this host and the letters and words by which the
 * users of older programs know them.
 */
@NullMarked
package dev.swarmdex.peer.host.shell;

import org.jspecify.annotations.NullMarked;
