package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.SwarmChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JournalTest {

    private final Swarms swarms = new Swarms(new SwarmLimits(10_000, 10_000, 10_000), Duration.ofMinutes(30),
            new FakeTime());
    private final List<List<SwarmChange>> written = new ArrayList<>();
    private boolean fails;
    private final Journal journal = new Journal(swarms, this::commit);

    @Test
    void what_waits_is_written_in_bounded_batches_until_nothing_waits() {
        announce(3000);

        int rows = 0;
        for (int batch = journal.write(); batch > 0; batch = journal.write()) {
            assertThat(batch).isLessThanOrEqualTo(600);
            rows += batch;
        }

        assertThat(rows).isEqualTo(3000);
        assertThat(written.stream().mapToInt(List::size).sum()).isEqualTo(3000);
    }

    @Test
    void what_fails_is_written_before_anything_else_once_that_works_again() {
        announce(10);
        fails = true;
        assertThat(journal.write()).isZero();
        assertThat(journal.isBehind()).isTrue();
        announce(20);
        fails = false;

        assertThat(journal.write()).isEqualTo(10);
        assertThat(journal.write()).isEqualTo(10);

        assertThat(journal.isBehind()).isFalse();
        assertThat(written).hasSize(2);
        assertThat(written.getFirst()).hasSize(10);
    }

    private CompletableFuture<Integer> commit(Change.Track change) {
        if (fails) {
            return CompletableFuture.failedFuture(new StoreException("the disk is full"));
        }
        written.add(change.changes());
        return CompletableFuture.completedFuture(change.changes().size());
    }

    private void announce(int upTo) {
        Question question = new Question();
        for (int i = 1; i <= upTo; i++) {
            question.swarm(i, i, i).member(0, Addresses.mapped(i), 1).tells(false, false, false).wants(0);
            assertThat(swarms.announce(question, 0, (_, _, _) -> {})).isTrue();
        }
    }
}
