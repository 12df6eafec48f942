package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.SharedContent;
import java.util.BitSet;

/** A partial content whose bytes go out by another view of it. */
final class ForwardingPart extends ForwardingContent implements PartialContent {

    private final PartialContent part;

    /** The pieces of the part, and the rest of the view of that part. */
    ForwardingPart(PartialContent part, SharedContent view) {
        super(view);
        this.part = part;
    }

    @Override
    public BitSet pieces() {
        return part.pieces();
    }
}
