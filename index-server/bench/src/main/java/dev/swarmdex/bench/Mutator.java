package dev.swarmdex.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes datagrams that are almost right: those get further into a server than random bytes. What it makes depends on its seed
 * only. For one thread.
 */
final class Mutator {

    private static final int LONGEST = 2_100;
    private static final int[] TELLING = {0, 1, 0x7f, 0x80, 0xff, ',', ';', ' ', '\n'};

    private final SplittableRandom random;
    private final List<byte[]> samples;

    Mutator(List<byte[]> samples, long seed) {
        this.samples = List.copyOf(samples);
        random = new SplittableRandom(seed);
    }

    /** The next datagram, of 1 to {@value #LONGEST} bytes. */
    byte[] next() {
        byte[] bytes = sample().clone();
        for (int left = random.nextInt(5); left > 0; left--) {
            bytes = mutated(bytes);
        }
        return bytes;
    }

    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 1 -> bytes[at] = (byte) TELLING[random.nextInt(TELLING.length)];
            case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)),
                    (byte) random.nextInt(256));
            case 3 -> {
                return Arrays.copyOf(bytes, at + 1);
            }
            case 4 -> {
                return Arrays.copyOf(bytes,
                        Math.min(LONGEST, bytes.length + 1 + random.nextInt(1 << random.nextInt(11))));
            }
            default -> {
                byte[] other = sample();
                int from = Math.min(at, other.length - 1);
                System.arraycopy(other, from, bytes, from, Math.min(other.length, bytes.length) - from);
            }
        }
        return bytes;
    }

    private byte[] sample() {
        return samples.get(random.nextInt(samples.size()));
    }
}
