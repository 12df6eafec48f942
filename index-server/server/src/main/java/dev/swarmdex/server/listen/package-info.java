/** Sockets that listen, and the threads that read them. What arrives is for the front-ends to understand. */
@NullMarked
package dev.swarmdex.server.listen;

import org.jspecify.annotations.NullMarked;
