package dev.swarmdex.peer.host.rate;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The places for uploads, given out in turn. One address gets a quarter of them at most: who asks for much and takes nothing
 * would keep the others waiting. Safe for any number of threads; its monitor guards the table of addresses only.
 */
final class UploadSlots {

    private static final int PART = 4;
    /** Where there are few places one address may have this many, but never the last one. */
    private static final int FEW = 4;
    /** How soon who waits notices that nobody is left to send to; then it queues up again. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final Places all;
    private final Map<InetAddress, Share> shares = new HashMap<>();
    private int count;

    /** A semaphore whose permits can be taken away. */
    private static class Places extends Semaphore {

        private Places(int count) {
            super(count, true);
        }

        void change(int by) {
            if (by > 0) {
                release(by);
            } else {
                reducePermits(-by);
            }
        }
    }

    /** What one address may have. */
    private static final class Share extends Places {

        private int users;

        private Share(int count) {
            super(count);
        }
    }

    UploadSlots(int count) {
        this.count = count;
        this.all = new Places(count);
    }

    private static int shareOf(int count) {
        return Math.max(1, Math.min(count - 1, Math.max(FEW, count / PART)));
    }

    synchronized void change(int wanted) {
        all.change(wanted - count);
        shares.values().forEach(share -> share.change(shareOf(wanted) - shareOf(count)));
        count = wanted;
    }

    /** Something that is done in a place. */
    interface Work<E extends Exception> {

        void run() throws E;
    }

    /**
     * Runs that as soon as there is a place.
     *
     * @param address to send to, where it is known
     * @return false when it was given up before
     */
    <E extends Exception> boolean run(Optional<InetAddress> address, BooleanSupplier givenUp, Work<E> work)
            throws E, InterruptedException {
        Share share = enter(address);
        try {
            if (share == null) {
                return run(givenUp, work);
            }
            if (!acquire(share, givenUp)) {
                return false;
            }
            try {
                return run(givenUp, work);
            } finally {
                share.release();
            }
        } finally {
            address.ifPresent(this::leave);
        }
    }

    private <E extends Exception> boolean run(BooleanSupplier givenUp, Work<E> work) throws E, InterruptedException {
        if (!acquire(all, givenUp)) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            all.release();
        }
    }

    private static boolean acquire(Places places, BooleanSupplier givenUp) throws InterruptedException {
        while (!places.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            if (givenUp.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private synchronized @Nullable Share enter(Optional<InetAddress> address) {
        if (address.isEmpty()) {
            return null;
        }
        Share share = shares.computeIfAbsent(address.get(), _ -> new Share(shareOf(count)));
        share.users++;
        return share;
    }

    private synchronized void leave(InetAddress address) {
        shares.computeIfPresent(address, (_, share) -> --share.users == 0 ? null : share);
    }
}
