package dev.swarmdex.store.names;

import dev.swarmdex.store.state.Words;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What changed since the files were written: about a second's worth. Safe for any number of threads. */
final class RecentNames {

    private final ConcurrentNavigableMap<Long, Recent> byNumber = new ConcurrentSkipListMap<>();

    /** What became of a content last. Compared by identity: a later one is another one. */
    static final class Recent {

        private final Optional<String> name;
        private volatile @Nullable Collection<String> words;

        Recent(Optional<String> name) {
            this.name = name;
        }

        /** Empty if it has ended. */
        Optional<String> name() {
            return name;
        }

        /** The words of its name; who asks first takes the name apart, which the writer has no time for. */
        Collection<String> words() {
            Collection<String> known = words;
            if (known == null) {
                known = name.<Collection<String>>map(Words::ofName).orElse(List.of());
                words = known;
            }
            return known;
        }
    }

    void opened(long number, String name) {
        byNumber.put(number, new Recent(Optional.of(name)));
    }

    void ended(long number) {
        byNumber.put(number, new Recent(Optional.empty()));
    }

    void clear() {
        byNumber.clear();
    }

    /** All there is now, by number. */
    Map<Long, Recent> all() {
        return Map.copyOf(byNumber);
    }

    /** That is in the files now. */
    void written(long number, Recent recent) {
        byNumber.remove(number, recent);
    }

    /** The contents from that number on whose names hold the words. */
    List<Long> find(Words words, long from) {
        return byNumber.tailMap(from).entrySet().stream().filter(each -> matches(each.getValue(), words))
                .map(Map.Entry::getKey).toList();
    }

    /** Whether any name holds the words. */
    boolean has(Words words) {
        return byNumber.values().stream().anyMatch(each -> matches(each, words));
    }

    private static boolean matches(Recent recent, Words words) {
        return recent.name().isPresent() && words.areAmong(recent.words());
    }
}
