package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.host.tree.PastCache;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PieceBuffersTest {

    private final PieceBuffers buffers = new PieceBuffers(1 << 20);

    @Test
    void lends_aligned_memory_outside_the_heap() throws InterruptedException {
        ByteBuffer buffer = lend(100_000).buffer();

        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.capacity()).isBetween(100_000, 100_000 + PastCache.ALIGNMENT);
        assertThat(buffer.alignmentOffset(0, PastCache.ALIGNMENT)).isZero();
    }

    @Test
    void lends_what_was_given_back_again() throws InterruptedException {
        PieceBuffers.Piece first = lend(64 << 10);
        first.close();

        assertThat(lend(64 << 10)).isSameAs(first);
    }

    @Test
    void who_finds_the_budget_spent_waits_until_something_is_given_back() throws InterruptedException {
        PieceBuffers.Piece all = lend(1 << 20);
        AtomicReference<PieceBuffers.Piece> second = new AtomicReference<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                second.set(lend(512 << 10));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(second).hasNullValue();

        all.close();

        waiting.join();
        assertThat(second.get()).isNotNull();
    }

    @Test
    void what_lies_idle_makes_room_for_other_sizes() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            lend(1 << 20).close();
            PieceBuffers.Piece one = lend(512 << 10);
            lend(512 << 10).close();
            one.close();
        }
    }

    @Test
    void keeps_nothing_but_what_is_lent_when_it_rests() throws InterruptedException {
        PieceBuffers.Piece used = lend(512 << 10);
        lend(512 << 10).close();

        buffers.rest();

        assertThat(used.buffer().put(0, (byte) 1).get(0)).isEqualTo((byte) 1);
        PieceBuffers.Piece other = lend(256 << 10);
        used.close();
        assertThat(lend(512 << 10)).isSameAs(used);
        other.close();
    }

    @Test
    void who_gives_up_gets_none() throws InterruptedException {
        lend(1 << 20);

        assertThat(buffers.lend(1, () -> true)).isEmpty();
    }

    private PieceBuffers.Piece lend(int size) throws InterruptedException {
        Optional<PieceBuffers.Piece> lent = buffers.lend(size, () -> false);
        return lent.orElseThrow();
    }
}
