package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.download.UnsuitableSourceException.Lack;

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
}
