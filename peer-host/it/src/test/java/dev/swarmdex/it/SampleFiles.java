package dev.swarmdex.it;

import java.util.LinkedHashMap;
import java.util.Map;

/** Files that show where a protocol damages bytes, with names that each of them can carry. */
final class SampleFiles {

    /** Around the ends of frames with 97 to 100 and with 1024 bytes of content, and one of many frames. */
    private static final int[] SIZES = {0, 1, 97, 98, 99, 100, 101, 102, 103, 1023, 1024, 1025, 1 << 20};
    private static final int NULS_AT_THE_END = 7;

    private SampleFiles() {}

    /** The files by name. */
    static Map<String, byte[]> all(String prefix) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int size : SIZES) {
            files.put(prefix + size, bytes(size));
        }
        return files;
    }

    /** All byte values in turn, other ones in each kilobyte, then some NULs. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < Math.max(size - NULS_AT_THE_END, Math.min(size, 1)); i++) {
            bytes[i] = (byte) (i + i / 1000 + size + 1);
        }
        return bytes;
    }
}
