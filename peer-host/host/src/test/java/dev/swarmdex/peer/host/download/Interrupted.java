package dev.swarmdex.peer.host.download;

import java.io.IOException;
import java.util.BitSet;

/** Leaves what a download leaves that was interrupted, for tests of what becomes of it. */
public final class Interrupted {

    private Interrupted() {}

    /** So many pieces are stored as the note tells; of the bytes there are none. */
    public static void after(int pieces, Wanted.Identified wanted) throws IOException {
        BitSet stored = new BitSet();
        stored.set(0, pieces);
        try (PartFile part = PartFile.open(wanted.target(), wanted.id(), wanted.size())) {
            part.checkpoint(stored);
        }
    }
}
