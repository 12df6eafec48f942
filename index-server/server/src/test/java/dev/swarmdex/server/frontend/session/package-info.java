@NullMarked
package dev.swarmdex.server.frontend.session;

import org.jspecify.annotations.NullMarked;
