package dev.swarmdex.store.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Things in the order of their numbers: one writer, any number of readers, no locks.
 *
 * <p>Nearly every content has a handful of sources and nearly every name one content, and there are millions of them: a
 * sorted array that is copied on each write is the smallest thing that readers can walk without a lock. A copy each time
 * would make the popular few quadratic, so a set that grows past {@link #MANY} becomes a skip list, and stays one.
 */
final class NumberedSet<E extends Numbered> {

    private static final int MANY = 64;

    /** Either a sorted immutable list or a map by number; replaced whole, so that readers see one or the other. */
    private volatile Members<E> members = new Few<>(List.of());

    private sealed interface Members<E> {}

    private record Few<E>(List<E> sorted) implements Members<E> {}

    private record Many<E>(ConcurrentNavigableMap<Long, E> byNumber) implements Members<E> {}

    /** Adds an element whose number is not in the set. Writer only. */
    void add(E element) {
        switch (members) {
            case Few<E>(var sorted) when sorted.size() < MANY -> members = new Few<>(with(sorted, element));
            case Few<E>(var sorted) -> {
                var map = new ConcurrentSkipListMap<Long, E>();
                sorted.forEach(each -> map.put(each.number(), each));
                map.put(element.number(), element);
                members = new Many<>(map);
            }
            case Many<E>(var map) -> map.put(element.number(), element);
        }
    }

    /** Removes the element of that number, if there is one. Writer only. */
    void remove(long number) {
        switch (members) {
            case Few<E>(var sorted) ->
                members = new Few<>(sorted.stream().filter(each -> each.number() != number).toList());
            case Many<E>(var map) -> map.remove(number);
        }
    }

    boolean isEmpty() {
        return switch (members) {
            case Few<E>(var sorted) -> sorted.isEmpty();
            case Many<E>(var map) -> map.isEmpty();
        };
    }

    /** The elements from that number on, ascending. */
    Iterator<E> from(long number) {
        return switch (members) {
            case Few<E>(var sorted) -> sorted.isEmpty()
                    ? Collections.emptyIterator()
                    : sorted.listIterator(firstAtLeast(sorted, number));
            case Many<E>(var map) -> map.tailMap(number, true).values().iterator();
        };
    }

    private static <E extends Numbered> List<E> with(List<E> sorted, E element) {
        int at = firstAtLeast(sorted, element.number());
        var copy = new ArrayList<E>(sorted.size() + 1);
        copy.addAll(sorted.subList(0, at));
        copy.add(element);
        copy.addAll(sorted.subList(at, sorted.size()));
        return List.copyOf(copy);
    }

    private static int firstAtLeast(List<? extends Numbered> sorted, long number) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).number() < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
