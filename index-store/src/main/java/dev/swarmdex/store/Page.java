package dev.swarmdex.store;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list of listings, ordered by content number and session number.
 *
 * @param listings what was found; may be empty although there is a next page, because a page is bounded in work too
 * @param next where the list goes on, empty at the end
 */
public record Page(List<Listing> listings, Optional<Cursor> next) {

    /** Copies the list. */
    public Page {
        listings = List.copyOf(listings);
    }
}
