package dev.swarmdex.server.frontend;

/**
 * SipHash-2-4, a keyed hash for short inputs (Aumasson and Bernstein, 2012), of three words: nobody without the key can tell
 * the hash of an input he has not seen hashed. Of the JDK's keyed hashes none does so without allocating.
 *
 * @param key0 the first half of the key
 * @param key1 the other half
 */
record SipHash(long key0, long key1) {

    private static final int WORDS = 3;

    /** The hash of these 24 bytes, each word in little-endian order. */
    long of(long first, long second, long third) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        for (int word = 0; word <= WORDS + 1; word++) {
            // after the words comes their length in bytes, and then the finish
            long input = switch (word) {
                case 0 -> first;
                case 1 -> second;
                case 2 -> third;
                case WORDS -> (long) (WORDS * Long.BYTES) << 56;
                default -> 0;
            };
            boolean finish = word > WORDS;
            v3 ^= input;
            v2 ^= finish ? 0xff : 0;
            for (int round = finish ? 4 : 2; round > 0; round--) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= input;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
