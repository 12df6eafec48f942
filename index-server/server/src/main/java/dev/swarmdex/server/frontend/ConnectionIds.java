package dev.swarmdex.server.frontend;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that whoever sends from an address also receives there, without remembering anything about it: an id of 8 bytes
 * that goes to the address and has to come back from it, as in BEP 15. Its first byte tells the time slot in which it was
 * made, the other seven are a keyed hash of that slot and the address and port. Each slot has a random key of its own, and
 * the keys of the current and the previous one are kept: an id is good for 2 to 4 minutes. Guessing one takes 2⁵⁵ tries
 * on average.
 *
 * <p>For one thread.
 */
public final class ConnectionIds {

    /** How long ids are made with one key; they are good for at least that, and at most twice that long. */
    public static final Duration SLOT = Duration.ofMinutes(2);

    private static final String HASH = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = Long.BYTES - 1;

    private final LongSupplier nanoTime;
    private final SecureRandom random;
    private final long origin;
    private long slot;
    private Mac current;
    private Mac previous;

    /** Ids by a clock that never goes back, with keys from that source. */
    public ConnectionIds(LongSupplier nanoTime, SecureRandom random) {
        this.nanoTime = nanoTime;
        this.random = random;
        origin = nanoTime.getAsLong();
        current = newKey();
        previous = newKey();
    }

    /** The id for an address, good from now on. */
    public long issue(InetSocketAddress address) {
        rotate();
        return id(current, slot, address);
    }

    /** Whether the id was issued to that address, and not too long ago. Takes the same time whatever is wrong with it. */
    public boolean isValid(long id, InetSocketAddress address) {
        rotate();
        boolean fresh = (byte) (id >>> 56) == (byte) slot;
        long expected = fresh ? id(current, slot, address) : id(previous, slot - 1, address);
        return MessageDigest.isEqual(bytes(expected), bytes(id));
    }

    private void rotate() {
        long now = (nanoTime.getAsLong() - origin) / SLOT.toNanos();
        if (now == slot) {
            return;
        }
        previous = now == slot + 1 ? current : newKey();
        current = newKey();
        slot = now;
    }

    private static long id(Mac key, long slot, InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        ByteBuffer input = ByteBuffer.allocate(Long.BYTES + Short.BYTES + ip.length);
        byte[] hash = key.doFinal(input.putLong(slot).putShort((short) address.getPort()).put(ip).array());
        return ByteBuffer.allocate(Long.BYTES).put((byte) slot).put(hash, 0, HASH_BYTES).getLong(0);
    }

    private static byte[] bytes(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }

    private Mac newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(new SecretKeySpec(key, HASH));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HASH, e);
        }
    }
}
