/**
 * What this host shares: files found in folders, watched, hashed once, and offered by name and content id.
 *
 * <p>All state has one owner, the thread of {@link dev.swarmdex.peer.host.sharing.EventLoop}: what the watches, the
 * scans, the hashing threads and the commands have to say becomes a task for it. Only the
 * {@link dev.swarmdex.peer.host.sharing.Catalog} of what is offered is read by other threads.
 */
@NullMarked
package dev.swarmdex.peer.host.sharing;

import org.jspecify.annotations.NullMarked;
