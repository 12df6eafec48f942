package dev.swarmdex.peer.host.sharing;

/** Takes what other threads have to report, to run it on the loop's thread, in order. */
@FunctionalInterface
interface Reports {

    /** Hands over a report, waiting while too many others wait. */
    void put(Runnable report) throws InterruptedException;
}
