package dev.swarmdex.server.frontend;

import dev.swarmdex.server.listen.Sender;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Proves that whoever sends from an address also receives there, without remembering anything about it: an id of 8 bytes
 * that goes to the address and has to come back from it, as in BEP 15. Its first byte states the time slot in which it was
 * made, the other seven are a keyed hash of that slot and the address and port. Each slot has a random key of its own, and
 * the keys of the current and the previous one are kept: an id is good for 2 to 4 minutes. Guessing one takes 2⁵⁵ tries
 * on average.
 *
 * <p>Safe for any number of threads: the keys are an immutable value that is replaced as a whole.
 */
public final class ConnectionIds {

    /** How long ids are made with one key; they are good for at least that, and at most twice that long. */
    public static final Duration SLOT = Duration.ofMinutes(2);

    private static final int SLOT_SHIFT = 56;
    private static final long HASH_BITS = (1L << SLOT_SHIFT) - 1;

    private final LongSupplier nanoTime;
    private final SecureRandom random;
    private final long origin;
    private volatile Keys keys;

    private record Keys(long slot, SipHash current, SipHash previous) {}

    /** Ids by a clock that never goes back, with keys from that source. */
    public ConnectionIds(LongSupplier nanoTime, SecureRandom random) {
        this.nanoTime = nanoTime;
        this.random = random;
        origin = nanoTime.getAsLong();
        keys = new Keys(0, newKey(), newKey());
    }

    /** The id for an address, good from now on. */
    public long issue(Sender sender) {
        Keys now = current();
        return id(now.current, now.slot, sender);
    }

    /** Whether the id was issued to that address, and not too long ago. Takes the same time whatever is wrong with it. */
    public boolean isValid(long id, Sender sender) {
        Keys now = current();
        boolean fresh = (byte) (id >>> SLOT_SHIFT) == (byte) now.slot;
        long expected = fresh ? id(now.current, now.slot, sender) : id(now.previous, now.slot - 1, sender);
        return (expected ^ id) == 0;
    }

    private Keys current() {
        Keys known = keys;
        return known.slot == slot() ? known : rotated();
    }

    private long slot() {
        return (nanoTime.getAsLong() - origin) / SLOT.toNanos();
    }

    private synchronized Keys rotated() {
        long slot = slot();
        if (slot != keys.slot) {
            keys = new Keys(slot, newKey(), slot == keys.slot + 1 ? keys.current : newKey());
        }
        return keys;
    }

    private static long id(SipHash key, long slot, Sender sender) {
        long hash = key.of(slot << Short.SIZE | sender.port(), sender.addressHigh(), sender.addressLow());
        return (slot & 0xff) << SLOT_SHIFT | (hash & HASH_BITS);
    }

    private SipHash newKey() {
        return new SipHash(random.nextLong(), random.nextLong());
    }
}
