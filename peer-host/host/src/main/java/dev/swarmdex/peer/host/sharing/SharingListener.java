package dev.swarmdex.peer.host.sharing;

/**
 * Hears what becomes offered and what no longer is, in order, from one thread. All sharing waits while a method runs, so
 * it must not block, nor give {@link SharedFiles} a command.
 */
public interface SharingListener {

    /** The file is offered from now on; each name at most once at any time. */
    void shared(SharedFile file);

    /** A file that was offered is no more. */
    void unshared(SharedFile file);
}
