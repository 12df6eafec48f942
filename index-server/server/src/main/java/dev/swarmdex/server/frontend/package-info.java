/** What all front-ends share. Each protocol has a package of its own below: listen, decode, call the service, encode. */
@NullMarked
package dev.swarmdex.server.frontend;

import org.jspecify.annotations.NullMarked;
