/** The durable index: which content is with which peer, now and at any time before. The only SQL in the project. */
@NullMarked
package dev.swarmdex.store;

import org.jspecify.annotations.NullMarked;
