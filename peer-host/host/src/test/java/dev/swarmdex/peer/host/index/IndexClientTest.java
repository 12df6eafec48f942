package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.Source;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class IndexClientTest {

    private static final Content CONTENT = new Content("a.bin", Optional.of("sha256-tree:" + "ab".repeat(32)), 7);

    @Test
    void a_request_is_answered_after_a_hello() throws Exception {
        try (ScriptedIndex index = ScriptedIndex.answering(request -> page(Cursor.NONE, "alice"));
                IndexClient client = client(index.address())) {
            List<Listing> found = client.byName("a.bin");

            assertThat(found).extracting(Listing::content).containsExactly(CONTENT);
            assertThat(index.received()).element(0).isInstanceOf(Request.Hello.class);
        }
    }

    @Test
    void the_pages_of_an_answer_become_one() throws Exception {
        Cursor second = new Cursor(1, 2);
        try (ScriptedIndex index = ScriptedIndex
                .answering(request -> ((Request.SearchName) request).cursor().equals(second)
                        ? page(Cursor.NONE, "bob")
                        : page(second, "alice"));
                IndexClient client = client(index.address())) {
            List<Listing> found = client.byName("a.bin");

            assertThat(found).hasSize(1);
            assertThat(found.getFirst().sources()).extracting(Source::peer).containsExactly("alice", "bob");
        }
    }

    @Test
    void a_lost_request_is_sent_again() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedIndex index = ScriptedIndex
                .answering(request -> asked.incrementAndGet() < 3 ? null : page(Cursor.NONE, "alice"));
                IndexClient client = client(index.address())) {
            assertThat(client.byName("a.bin")).hasSize(1);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void who_waits_is_told_of_each_server_that_is_silent() throws Exception {
        List<URI> told = new CopyOnWriteArrayList<>();
        try (ScriptedIndex first = ScriptedIndex.answering(request -> null);
                ScriptedIndex second = ScriptedIndex
                        .answering(request -> told.size() < 2 ? null : page(Cursor.NONE, "alice"));
                IndexClient client = client(first.address(), second.address())) {
            assertThat(IndexClient.telling(told::add, () -> client.byName("a.bin"))).hasSize(1);

            assertThat(told).containsExactly(first.address(), second.address());
            assertThat(first.received().stream().filter(Request.SearchName.class::isInstance)).hasSize(5);
        }
    }

    @Test
    void who_is_interrupted_breaks_off_alone() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        try (ScriptedIndex index = ScriptedIndex.answering(request -> {
            asked.incrementAndGet();
            return interrupted.get() ? page(Cursor.NONE, "alice") : null;
        });
                IndexClient client = client(index.address());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Listing>> patient = threads.submit(() -> client.byName("a.bin"));
            await().until(() -> asked.get() > 0);

            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> client.byName("b.bin"));
            interrupted.set(true);

            assertThat(patient.get()).hasSize(1);
            assertThat(index.received().stream().filter(Request.Hello.class::isInstance)).hasSize(1);
        }
    }

    @Test
    void whenever_one_is_interrupted_the_others_go_on() throws Exception {
        try (ScriptedIndex index = ScriptedIndex.answering(_ -> page(Cursor.NONE, "alice"));
                IndexClient client = client(index.address())) {
            assertThat(client.byName("a.bin")).hasSize(1);

            for (int i = 0; i < 2000; i++) {
                CountDownLatch begun = new CountDownLatch(1);
                Thread hasty = Thread.ofPlatform().start(() -> {
                    begun.countDown();
                    try {
                        client.byName("b.bin");
                    } catch (InterruptedException | IOException gaveUp) {
                        // it is the others that count
                    }
                });
                begun.await();
                LockSupport.parkNanos(i % 100 * 1000L);
                hasty.interrupt();
                hasty.join();
            }

            assertThat(client.byName("a.bin")).hasSize(1);
            assertThat(index.received().stream().filter(Request.Hello.class::isInstance)).hasSize(1);
        }
    }

    @Test
    void a_connection_id_that_became_stale_is_renewed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Reply stale = new Reply.Refused(Reply.Reason.STALE_CONNECTION, Duration.ZERO, "send H again");
        try (ScriptedIndex index = ScriptedIndex
                .answering(request -> asked.incrementAndGet() == 1 ? stale : page(Cursor.NONE, "alice"));
                IndexClient client = client(index.address())) {
            assertThat(client.byName("a.bin")).hasSize(1);
            assertThat(index.received().stream().filter(Request.Hello.class::isInstance)).hasSize(2);
        }
    }

    @Test
    void a_busy_index_is_asked_again_later() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Reply busy = new Reply.Refused(Reply.Reason.BUSY, Duration.ofMillis(5), "busy");
        try (ScriptedIndex index = ScriptedIndex
                .answering(request -> asked.incrementAndGet() < 8 ? busy : page(Cursor.NONE, "alice"));
                IndexClient client = client(index.address())) {
            assertThat(client.byName("a.bin")).hasSize(1);
        }
    }

    @Test
    void the_next_server_of_the_list_takes_over_when_one_is_gone() throws Exception {
        ScriptedIndex gone = ScriptedIndex.answering(request -> page(Cursor.NONE, "alice"));
        gone.close();
        try (ScriptedIndex index = ScriptedIndex.answering(request -> page(Cursor.NONE, "bob"));
                IndexClient client = client(gone.address(), index.address())) {
            assertThat(client.byName("a.bin").getFirst().sources()).extracting(Source::peer).containsExactly("bob");
        }
    }

    @Test
    void no_server_at_all_is_a_plain_error_that_names_them() throws Exception {
        ScriptedIndex gone = ScriptedIndex.answering(request -> page(Cursor.NONE, "alice"));
        gone.close();
        try (IndexClient client = client(gone.address())) {
            assertThatExceptionOfType(IndexException.class).isThrownBy(() -> client.byName("a.bin"))
                    .withMessageContaining(gone.address().toString()).withMessageContaining("swarmdex index run");
        }
    }

    @Test
    void a_refusal_is_told_in_the_index_words() throws Exception {
        Reply refused = new Reply.Refused(Reply.Reason.UNAVAILABLE, Duration.ZERO, "the disk of the index is full");
        try (ScriptedIndex index = ScriptedIndex.answering(request -> refused);
                IndexClient client = client(index.address())) {
            assertThatExceptionOfType(IndexException.class).isThrownBy(client::all)
                    .withMessageContaining("the disk of the index is full");
        }
    }

    private static IndexClient client(URI... servers) {
        return new IndexClient(List.of(servers), new Random(1));
    }

    private static Reply page(Cursor next, String peer) {
        Source source = new Source(peer, Instant.ofEpochMilli(1), List.of(new Endpoint("tcp", "10.0.0.1", 7118)));
        return new Reply.Contents(List.of(new Listing(CONTENT, List.of(source))), next);
    }
}
