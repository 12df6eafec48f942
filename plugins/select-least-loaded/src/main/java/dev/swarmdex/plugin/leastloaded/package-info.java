/** The {@code least-loaded} selector: the less a peer has to do, the likelier it is asked. */
@NullMarked
package dev.swarmdex.plugin.leastloaded;

import org.jspecify.annotations.NullMarked;
