@NullMarked
package dev.swarmdex.server.http;

import org.jspecify.annotations.NullMarked;
