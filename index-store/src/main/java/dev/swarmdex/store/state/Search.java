package dev.swarmdex.store.state;

import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;

/** Collects one page of listings, in steps between which the writer may come in. */
final class Search {

    /** How many contents a page looks at: some ten milliseconds of work when none of them matches. */
    static final int MOST_LOOKED_AT = 20_000;

    /** How many contents a step looks at: some ten microseconds. */
    private static final int STEP = 64;

    private final OpenMappings open;
    private final int limit;
    private final List<Listing> listings = new ArrayList<>();
    private int looked;
    private int found;
    private boolean full;
    private Cursor last;

    /** The contents that may be on the page, in the order of their numbers. */
    interface Candidates {

        /** Visits them from that number on until the visitor says no; false if it did. */
        boolean visit(long from, IntPredicate visitor);
    }

    Search(OpenMappings open, Cursor after, int limit) {
        if (limit < 1 || limit > Lookups.MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + Lookups.MAX_LIMIT + " sources, not " + limit);
        }
        this.open = open;
        this.limit = limit;
        this.last = after;
    }

    /** The page of those candidates that match. */
    Page among(Candidates candidates, IntPredicate matches) {
        return page(lookAt(candidates, matches));
    }

    /**
     * The page of named contents that are still open.
     *
     * @param first those from the cursor on
     * @param more those from a number on, for when the first are used up
     */
    Page named(Names.Found first, LongFunction<Names.Found> more) {
        Names.Found found = first;
        boolean all = lookAt(contents(found.numbers()), _ -> true);
        while (all && found.more()) {
            found = more.apply(found.numbers().getLast() + 1);
            all = lookAt(contents(found.numbers()), _ -> true);
        }
        return page(all);
    }

    private Page page(boolean atEnd) {
        return new Page(listings, atEnd ? Optional.empty() : Optional.of(last));
    }

    /** Looks at the candidates until the page is full; false if there are more. */
    private boolean lookAt(Candidates candidates, IntPredicate matches) {
        boolean atEnd = false;
        while (!atEnd && !full) {
            int end = looked + STEP;
            atEnd = open.read(() -> candidates.visit(last.content(), content -> look(content, matches, end)));
        }
        return atEnd;
    }

    /** The contents of those numbers, of those that are open. */
    private Candidates contents(List<Long> numbers) {
        return (from, visitor) -> {
            for (long number : numbers) {
                int content = number < from ? HashIndex.NONE : open.index.find(number);
                if (content != HashIndex.NONE && !visitor.test(content)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Looks at a content; false if no other can be looked at in this step. */
    private boolean look(int content, IntPredicate matches, int end) {
        if (looked == MOST_LOOKED_AT) {
            full = true;
            return false;
        }
        if (looked == end) {
            return false;
        }
        looked++;
        if (!matches.test(content)) {
            last = new Cursor(open.contents.number(content), Long.MAX_VALUE);
            return true;
        }
        full = !addSources(content);
        return !full;
    }

    /** Adds what fits of the content's sources; false if there are more. */
    private boolean addSources(int content) {
        long number = open.contents.number(content);
        List<Source> sources = new ArrayList<>(1);
        boolean all = open.offersOf.visit(open.contents.offers(content), firstSession(number), offer -> {
            if (found == limit) {
                return false;
            }
            sources.add(open.offers.source(offer));
            found++;
            return true;
        });
        if (!sources.isEmpty()) {
            listings.add(new Listing(number, open.contents.content(content), sources));
            last = new Cursor(number, sources.getLast().session());
        }
        return all;
    }

    private long firstSession(long content) {
        if (content != last.content()) {
            return 0;
        }
        return last.session() == Long.MAX_VALUE ? Long.MAX_VALUE : last.session() + 1;
    }
}
