/** How a host is put together: its config, its composition root, and the small parts that join the other packages. */
@NullMarked
package dev.swarmdex.peer.host.assembly;

import org.jspecify.annotations.NullMarked;
