package dev.swarmdex.protocol.nativeudp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The arithmetic of what fits a datagram. */
final class Fit {

    private Fit() {}

    /** The bytes of a request before the items of its list: header, peer and the items' count. */
    static int listOf(PeerIdentity peer) {
        return Limits.REQUEST_HEADER + peer.wireSize() + 2;
    }

    /** Throws an {@link IllegalArgumentException} if the items don't fit a datagram after the {@code used} bytes. */
    static <T> void check(String what, int used, List<T> items, ToIntFunction<T> size) {
        long bytes = used;
        for (T item : items) {
            bytes += size.applyAsInt(item);
        }
        if (bytes > Limits.DATAGRAM) {
            throw new IllegalArgumentException(
                    "a " + what + " of " + bytes + " bytes does not fit a datagram of " + Limits.DATAGRAM);
        }
    }

    /** Cuts a list into the fewest parts of which each fits a datagram after the {@code used} bytes, keeping the order. */
    static <T> List<List<T>> split(int used, List<T> items, ToIntFunction<T> size) {
        List<List<T>> parts = new ArrayList<>();
        int start = 0;
        int bytes = used;
        for (int i = 0; i < items.size(); i++) {
            int itemBytes = size.applyAsInt(items.get(i));
            if (bytes + itemBytes > Limits.DATAGRAM) {
                parts.add(items.subList(start, i));
                start = i;
                bytes = used;
            }
            bytes += itemBytes;
        }
        if (start < items.size()) {
            parts.add(items.subList(start, items.size()));
        }
        return parts;
    }
}
