package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.state.Effect.MappingEnded;
import dev.swarmdex.store.state.Effect.MappingOpened;
import dev.swarmdex.store.state.Effect.SessionEnded;
import dev.swarmdex.store.state.Effect.SessionOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Readers beside the writer: what is there the whole time is always seen, and nothing that never was. */
class ConcurrentLookupsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int STEADY = 300;
    private static final int CHANGES = 10_000;

    private final ReadModel model = new ReadModel(Names.NONE);
    private final AtomicBoolean done = new AtomicBoolean();
    private long mappings;

    @Test
    void readers_see_all_that_stays_and_nothing_that_never_was() throws Exception {
        model.apply(List.of(session(1), session(2)));
        for (int i = 0; i < STEADY; i++) {
            model.apply(List.of(opened(content("steady" + i, i % 7), 1)));
        }
        try (var threads = Executors.newFixedThreadPool(3)) {
            var readers = List.of(
                    threads.submit(reading(this::checkNames)), threads.submit(reading(this::checkIds)),
                    threads.submit(reading(this::checkAll)));
            try {
                comeAndGo();
            } finally {
                done.set(true);
            }
            for (var reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(sources(model.byWords(List.of("moving"), Cursor.START, 10_000))).isEmpty();
        assertThat(model.mappings()).isEqualTo(STEADY);
    }

    /** The contents of the second session come and go; at times it leaves as a whole. */
    private void comeAndGo() {
        var random = new Random(42);
        Set<Integer> open = new HashSet<>();
        for (int i = 0; i < CHANGES; i++) {
            int which = random.nextInt(2000);
            String name = which % 3 == 0 ? "steady" + which % STEADY : "moving" + which;
            if (open.add(name.hashCode())) {
                model.apply(List.of(opened(content(name, which % 7), 2)));
            } else {
                open.remove(name.hashCode());
                model.apply(List.of(new MappingEnded(0, name, 2, NOW, EndedBy.DEREGISTERED)));
            }
            if (i % 2_500 == 0) {
                open.clear();
                model.apply(List.of(new SessionEnded(2, NOW, EndedBy.DISCONNECTED), session(2)));
            }
        }
        model.apply(List.of(new SessionEnded(2, NOW, EndedBy.DISCONNECTED)));
    }

    private void checkNames(Random random) {
        int i = random.nextInt(STEADY);
        assertThat(model.byName("steady" + i, Cursor.START, 100).listings())
                .allSatisfy(listing -> assertThat(listing.content().name()).isEqualTo("steady" + i))
                .anySatisfy(listing -> assertThat(listing.sources()).anyMatch(source -> source.session() == 1));
        assertThat(model.byName("never" + i, Cursor.START, 100).listings()).isEmpty();
    }

    private void checkIds(Random random) {
        int id = random.nextInt(7);
        var steady = sources(pages(cursor -> model.byId(id(id), cursor, 50), id)).stream()
                .filter(name -> name.endsWith(" 1")).toList();
        assertThat(steady).doesNotHaveDuplicates().hasSize((STEADY - id + 6) / 7);
    }

    private void checkAll(Random random) {
        var all = sources(pages(cursor -> model.all(cursor, 1 + random.nextInt(200)), -1));
        assertThat(all).doesNotHaveDuplicates();
        assertThat(all.stream().filter(name -> name.endsWith(" 1"))).hasSize(STEADY);
        List<Content> offered = new ArrayList<>();
        model.contentsOf(1, offered::add);
        assertThat(offered).hasSize(STEADY).doesNotHaveDuplicates();
    }

    private interface Paged {
        Page page(Cursor cursor);
    }

    private static Page pages(Paged paged, int id) {
        List<Listing> all = new ArrayList<>();
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Page page = paged.page(next.get());
            all.addAll(page.listings());
            next = page.next();
        }
        assertThat(all).allMatch(listing -> id < 0 || listing.content().id().equals(Optional.of(id(id))));
        return new Page(all, Optional.empty());
    }

    /** Reads until the writer is done, and counts. */
    private Callable<Integer> reading(Consumer<Random> check) {
        return () -> {
            var random = new Random(1);
            int reads = 0;
            do {
                check.accept(random);
                reads++;
            } while (!done.get());
            return reads;
        };
    }

    private static List<String> sources(Page page) {
        return page.listings().stream().flatMap(listing -> listing.sources().stream()
                .map(source -> listing.number() + " " + listing.content().name() + " " + source.session())).toList();
    }

    private static SessionOpened session(long number) {
        return new SessionOpened(number, number,
                new Presence("native", "p" + number, "p" + number, Identity.NONE, "192.0.2.1", List.of()), NOW);
    }

    private MappingOpened opened(Content content, long session) {
        mappings++;
        int known = model.open().index.find(content);
        long number = known == HashIndex.NONE ? mappings : model.open().contents.number(known);
        return new MappingOpened(mappings, number, content, session, NOW);
    }

    private static Content content(String name, int id) {
        return new Content(name, Optional.of(id(id)), 1);
    }

    private static String id(int id) {
        return "sha256-tree:" + Integer.toString(id).repeat(64);
    }
}
