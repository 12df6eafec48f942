/** What can be measured of a server, in Prometheus's form. */
@NullMarked
package dev.swarmdex.server.metrics;

import org.jspecify.annotations.NullMarked;
