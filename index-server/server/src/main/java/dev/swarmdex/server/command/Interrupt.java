package dev.swarmdex.server.command;

import java.util.concurrent.CountDownLatch;

/** The wait of a command that runs until it is told to stop. */
public final class Interrupt {

    private Interrupt() {}

    /**
     * Waits for the end. A process is ended by a signal, and then runs the cleanup and never returns; where a command runs
     * inside another program, an interrupt of its thread makes this return.
     */
    public static void await(Runnable cleanup) {
        Thread hook = Thread.ofPlatform().name("shutdown").unstarted(cleanup);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
