@NullMarked
package dev.swarmdex.server.service.swarm;

import org.jspecify.annotations.NullMarked;
