/** Addresses as the listeners, the service and the front-ends hand them on. */
@NullMarked
package dev.swarmdex.server.address;

import org.jspecify.annotations.NullMarked;
