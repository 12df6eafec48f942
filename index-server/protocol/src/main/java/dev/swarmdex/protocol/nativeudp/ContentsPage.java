package dev.swarmdex.protocol.nativeudp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills one {@link Reply.Contents} with as many sources as fit a datagram. The first always fits, so a long answer makes
 * progress with every page, and a listing never comes without a source. For one thread.
 */
public final class ContentsPage {

    private final List<Listing> listings = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private @Nullable Content content;
    private int bytes = Reply.Contents.OVERHEAD;

    /**
     * Adds a source of a content, if it fits; sources of one content are added one after the other. Returns whether it
     * fitted: if not, the page is full, and the next one begins with this source.
     */
    public boolean add(Content of, Source source) {
        boolean begins = !of.equals(content);
        int more = source.wireSize() + (begins ? of.wireSize() + 1 : 0);
        if (bytes + more > Limits.DATAGRAM) {
            return false;
        }
        if (begins) {
            endListing();
            content = of;
        }
        sources.add(source);
        bytes += more;
        return true;
    }

    /** The page, with the cursor that leads to the next one, or {@link Cursor#NONE} if this is the last. */
    public Reply.Contents reply(Cursor next) {
        endListing();
        return new Reply.Contents(listings, next);
    }

    private void endListing() {
        if (content != null) {
            listings.add(new Listing(content, sources));
            sources.clear();
            content = null;
        }
    }
}
