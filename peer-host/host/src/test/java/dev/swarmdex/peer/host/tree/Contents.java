package dev.swarmdex.peer.host.tree;

/** Contents that differ in every block; the golden values were computed from the same formula by other means. */
final class Contents {

    private Contents() {}

    static byte[] ofSize(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 7 + (i >> 8) * 31 + (i >> 16) * 17);
        }
        return content;
    }
}
