/** BEP 15, the UDP tracker protocol of BitTorrent: what clients ask a tracker, and what it answers. */
@NullMarked
package dev.swarmdex.protocol.tracker;

import org.jspecify.annotations.NullMarked;
