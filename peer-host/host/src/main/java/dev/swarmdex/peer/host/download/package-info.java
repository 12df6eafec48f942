/** Downloads: verified pieces of one content from many sources at once, into a file that is whole or not there. */
@NullMarked
package dev.swarmdex.peer.host.download;

import org.jspecify.annotations.NullMarked;
