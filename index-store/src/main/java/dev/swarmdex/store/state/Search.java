package dev.swarmdex.store.state;

import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Collects one page of listings. */
final class Search {

    /** How many contents a page looks at: some ten milliseconds of work when none of them matches. */
    static final int MOST_LOOKED_AT = 20_000;

    private final Cursor after;
    private final int limit;
    private final List<Listing> listings = new ArrayList<>();
    private int found;
    private Cursor last;

    Search(Cursor after, int limit) {
        if (limit < 1 || limit > Lookups.MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + Lookups.MAX_LIMIT + " sources, not " + limit);
        }
        this.after = after;
        this.limit = limit;
        this.last = after;
    }

    Page among(NumberedSet<OpenContent> contents, Predicate<String> name) {
        Iterator<OpenContent> candidates = contents.from(after.content());
        for (int looked = 0; candidates.hasNext(); looked++) {
            if (looked == MOST_LOOKED_AT) {
                return page(Optional.of(last));
            }
            OpenContent content = candidates.next();
            if (!name.test(content.content().name())) {
                last = new Cursor(content.number(), Long.MAX_VALUE);
            } else if (!addSources(content)) {
                return page(Optional.of(last));
            }
        }
        return page(Optional.empty());
    }

    /** Adds what fits of the content's sources; false if there are more. */
    private boolean addSources(OpenContent content) {
        Iterator<Offer> offers = content.offers().from(firstSession(content));
        List<Source> sources = new ArrayList<>();
        while (offers.hasNext() && found < limit) {
            sources.add(offers.next().source());
            found++;
        }
        if (!sources.isEmpty()) {
            listings.add(new Listing(content.number(), content.content(), sources));
            last = new Cursor(content.number(), sources.getLast().session());
        }
        return !offers.hasNext();
    }

    private long firstSession(OpenContent content) {
        if (content.number() != after.content()) {
            return 0;
        }
        return after.session() == Long.MAX_VALUE ? Long.MAX_VALUE : after.session() + 1;
    }

    private Page page(Optional<Cursor> next) {
        return new Page(listings, next);
    }
}
