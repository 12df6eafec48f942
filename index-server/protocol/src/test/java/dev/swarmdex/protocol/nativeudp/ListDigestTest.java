package dev.swarmdex.protocol.nativeudp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two ends that have the same list have the same digest. */
class ListDigestTest {

    private final Random random = new Random(2);
    private final List<Content> contents = contents(200);

    @Test
    void theOrderDoesNotMatter() {
        List<Content> shuffled = new ArrayList<>(contents);
        Collections.shuffle(shuffled, random);
        assertThat(ListDigest.of(shuffled)).isEqualTo(ListDigest.of(contents));
    }

    @Test
    void aContentMoreIsAnotherDigest() {
        ListDigest digest = ListDigest.of(contents);
        assertThat(digest.plus(GoldenVectorsTest.FILM)).isNotEqualTo(digest);
    }

    @Test
    void everyContentCountsWithNameAndIdAndSize() {
        Content film = GoldenVectorsTest.FILM;
        assertThat(List.of(film, new Content("film.avi", film.id(), film.size()),
                new Content(film.name(), GoldenVectorsTest.SUMMER.id(), film.size()),
                new Content(film.name(), film.id(), 1)).stream().map(ListDigest::of)).doesNotHaveDuplicates();
    }

    private static List<Content> contents(int count) {
        RandomPackets packets = new RandomPackets(RandomGeneratorFactory.of("L64X128MixRandom").create(3));
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            contents.add(packets.content());
        }
        return contents;
    }
}
