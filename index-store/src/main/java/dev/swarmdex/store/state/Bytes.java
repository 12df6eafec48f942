package dev.swarmdex.store.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hashes of bytes by a secret of this process, so that a list of names that all fall together can't be made in advance. They
 * fold a multiplication of 64 by 64 bits for each 8 bytes, in the manner of wyhash (Wang Yi, 2019), and are not cryptographic
 * hashes: a client that could measure single lookups might still find such names, which costs time and no more.
 */
final class Bytes {

    private static final long SECRET = new SecureRandom().nextLong();
    private static final long FIRST = 0x9E37_79B9_7F4A_7C15L;
    private static final long SECOND = 0xBF58_476D_1CE4_E5B9L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(
            long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static int hash(byte[] bytes, int from, int to) {
        long hash = SECRET ^ ((to - from) * FIRST);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONG.get(bytes, at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xff);
        }
        hash = mixed(hash ^ rest);
        return (int) (hash ^ (hash >>> Integer.SIZE));
    }

    /** A multiplication of 64 by 64 bits, of whose 128 none is lost: each bit of the input moves all bits of the output. */
    private static long mixed(long value) {
        long factor = (SECOND ^ SECRET) | 1;
        return Math.unsignedMultiplyHigh(value ^ FIRST, factor) ^ ((value ^ FIRST) * factor);
    }
}
