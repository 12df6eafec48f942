package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DiscoveryTest {

    private static final ContentId ID = new ContentId("sha256-tree", "ab".repeat(32));

    @Test
    void theSizeThatMostClaimCounts() {
        assertThat(Discovery.mostClaimedSize(claims(70_000, 5, 70_000))).contains(70_000L);
        assertThat(Discovery.mostClaimedSize(claims(5))).contains(5L);
        assertThat(Discovery.mostClaimedSize(claims())).isEmpty();
    }

    /** Such a file has the id of the content whose tree has these two digests below its root. */
    @Test
    void aFileOfTwoDigestsIsNotPassedOffAsAnotherContentHoweverManyClaimIt() {
        assertThat(Discovery.mostClaimedSize(claims(64, 32_768))).contains(32_768L);
        assertThat(Discovery.mostClaimedSize(claims(64, 64, 64, 32_768))).contains(32_768L);
        assertThat(Discovery.mostClaimedSize(claims(64))).contains(64L);
    }

    @Test
    void whatOnlyThisHostHasByANameIsNotMeantWhereAnotherPeerOffersSomethingElseByIt() {
        Found old = offer("ab", "me");
        Found fresh = offer("cd", "alice");
        Found third = offer("ef", "bob");

        assertThat(meant(old, fresh)).containsExactly(fresh);
        assertThat(meant(old, offer("ab", "bob"), fresh)).as("it has not changed for all").hasSize(3);
        assertThat(meant(old, fresh, third)).containsExactlyInAnyOrder(fresh, third);
        assertThat(meant(old)).containsExactly(old);
    }

    private static List<Found> meant(Found... found) {
        return Discovery.othersFirst(Stream.of(found).collect(Collectors.groupingBy(each -> each.id().orElseThrow())),
                "me").values().stream().flatMap(List::stream).toList();
    }

    private static Found offer(String hex, String peer) {
        return new Found("doc.txt", Optional.of(new ContentId("sha256-tree", hex.repeat(32))), OptionalLong.of(3), peer,
                new Endpoint("tcp", "127.0.0.1", 47101), Optional.empty());
    }

    private static List<Found> claims(long... sizes) {
        Found none = claim(OptionalLong.empty());
        return LongStream.concat(LongStream.of(-1), LongStream.of(sizes))
                .mapToObj(size -> size < 0 ? none : claim(OptionalLong.of(size))).toList();
    }

    private static Found claim(OptionalLong size) {
        return new Found("model.bin", Optional.of(ID), size, "alice", new Endpoint("tcp", "127.0.0.1", 47101),
                Optional.empty());
    }
}
