/** The front-end of BEP 15: a tracker for the programs of BitTorrent. */
@NullMarked
package dev.swarmdex.server.frontend.tracker;

import org.jspecify.annotations.NullMarked;
