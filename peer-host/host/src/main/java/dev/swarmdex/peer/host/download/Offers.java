package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.download.UnsuitableSourceException.Lack;
import java.io.IOException;

/** What the routes ask of an offer before they read from it. */
final class Offers {

    private Offers() {}

    /** Refuses an offer that says by itself that it is of something else; one that says nothing may be the content. */
    static void requireSame(Wanted wanted, Offer offer) throws UnsuitableSourceException {
        boolean otherSize = wanted.knownSize().isPresent() && offer.size().isPresent()
                && !wanted.knownSize().equals(offer.size());
        boolean otherId = wanted.knownId().isPresent() && offer.id().isPresent()
                && !wanted.knownId().equals(offer.id());
        if (otherSize || otherId) {
            throw new UnsuitableSourceException(Lack.SAME_CONTENT);
        }
    }

    static void requireRanges(Offer offer) throws UnsuitableSourceException {
        if (!offer.ranged()) {
            throw new UnsuitableSourceException(Lack.RANGES);
        }
    }

    /** Refuses an offer of one that is still downloading: what it has can't be verified piece by piece here. */
    static void requireAllPieces(Offer offer) throws IOException {
        if (offer.pieces().isPresent()) {
            throw new UnsuitableSourceException(Lack.ALL_PIECES);
        }
    }
}
