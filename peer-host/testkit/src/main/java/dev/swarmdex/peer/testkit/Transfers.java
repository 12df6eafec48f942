package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.Offer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** What tests of transfers need again and again: bytes to send, and the bytes that arrived. */
public final class Transfers {

    private Transfers() {}

    /** Bytes like any others, always the same for a size. */
    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** The bytes of one read. */
    public static byte[] read(Offer offer, long offset, long length) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        offer.read(offset, length, collecting(got));
        return got.toByteArray();
    }

    /** A sink that keeps what it gets. */
    public static Offer.Sink collecting(ByteArrayOutputStream target) {
        return chunk -> {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            target.writeBytes(copy);
        };
    }
}
