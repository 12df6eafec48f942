package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.Load;
import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RegistrarTest {

    private static final PeerIdentity ALICE = new PeerIdentity("alice", "00112233445566778899aabbccddeeff");
    private static final List<Endpoint> ENDPOINTS = List.of(new Endpoint("tcp", "", 7118));

    /** What the index has of alice; it answers as a real one would. */
    private final Map<String, Content> atIndex = new ConcurrentHashMap<>();
    private final List<Content> offered = new CopyOnWriteArrayList<>();
    private volatile List<Endpoint> endpoints = ENDPOINTS;
    private volatile Load load = new Load(0, 0);
    private final List<Load> told = new CopyOnWriteArrayList<>();
    private volatile Duration lease = Duration.ofMinutes(2);
    private ScriptedIndex index;
    private IndexClient client;
    private Registrar registrar;

    @BeforeEach
    void startIndex() throws IOException {
        index = ScriptedIndex.answering(this::answer);
        client = new IndexClient(List.of(index.address()), new Random(1));
        registrar = new Registrar(client, ALICE, () -> endpoints, () -> List.copyOf(offered), () -> load, () -> {},
                new Random(2));
    }

    @AfterEach
    void close() throws IOException {
        registrar.close();
        client.close();
        index.close();
    }

    private Reply answer(Request request) {
        return switch (request) {
            case Request.KeepAlive alive -> {
                told.add(alive.load().orElseThrow());
                yield new Reply.Alive(lease,
                        ListDigest.of(atIndex.values()).equals(new ListDigest(alive.mappings(), alive.digest())));
            }
            case Request.Register register -> {
                register.contents().forEach(content -> atIndex.put(content.name(), content));
                yield done(register.contents().size());
            }
            case Request.Deregister deregister when deregister.names().isEmpty() -> {
                atIndex.clear();
                yield done(0);
            }
            case Request.Deregister deregister -> {
                deregister.names().forEach(name -> atIndex.remove(name.name()));
                yield done(deregister.names().size());
            }
            default -> throw new AssertionError("the registrar asks nothing else: " + request);
        };
    }

    private static Reply done(int items) {
        return new Reply.Done(java.util.Collections.nCopies(items, Reply.Outcome.DONE));
    }

    @Test
    void everything_that_is_offered_gets_registered() {
        for (int i = 0; i < 100; i++) {
            offered.add(content("file-" + i, 'a'));
        }

        registrar.start();

        await().until(() -> atIndex.size() == 100);
        await().until(() -> registrar.state().equals("registered"));
    }

    @Test
    void an_index_that_has_the_right_list_already_is_not_told_it_again() {
        Content content = content("a.bin", 'a');
        offered.add(content);
        atIndex.put("a.bin", content);

        registrar.start();

        await().until(() -> registrar.state().equals("registered"));
        assertThat(index.received()).noneMatch(Request.Register.class::isInstance);
    }

    @Test
    void what_an_index_has_beyond_the_offered_is_ended() {
        offered.add(content("a.bin", 'a'));
        atIndex.put("gone.bin", content("gone.bin", 'b'));

        registrar.start();

        await().until(() -> registrar.state().equals("registered"));
        assertThat(atIndex).containsOnlyKeys("a.bin");
    }

    @Test
    void changes_are_told_one_by_one() {
        offered.add(content("a.bin", 'a'));
        registrar.start();
        await().until(() -> atIndex.containsKey("a.bin"));

        offered.add(content("b.bin", 'b'));
        registrar.changed();
        await().until(() -> atIndex.containsKey("b.bin"));
        offered.removeFirst();
        registrar.changed();
        await().until(() -> !atIndex.containsKey("a.bin"));

        assertThat(index.received())
                .contains(new Request.Deregister(ALICE, List.of(new Name("a.bin", Optional.empty()))));
    }

    @Test
    void other_endpoints_are_told_at_once() {
        offered.add(content("a.bin", 'a'));
        registrar.start();
        await().until(() -> atIndex.containsKey("a.bin"));

        List<Endpoint> more = List.of(ENDPOINTS.getFirst(), new Endpoint("quic", "", 7119));
        endpoints = more;
        registrar.changed();

        await().until(() -> index.received().stream()
                .anyMatch(request -> request instanceof Request.KeepAlive alive && alive.endpoints().equals(more)));
    }

    @Test
    void a_host_that_serves_nowhere_leaves_the_index_and_comes_back_when_it_serves_again() {
        offered.add(content("a.bin", 'a'));
        registrar.start();
        await().until(() -> atIndex.containsKey("a.bin"));

        endpoints = List.of();
        registrar.changed();
        await().until(atIndex::isEmpty);
        await().untilAsserted(() -> assertThat(registrar.state()).contains("no transport serves"));

        endpoints = ENDPOINTS;
        registrar.changed();
        await().until(() -> atIndex.containsKey("a.bin"));
    }

    @Test
    void a_file_with_other_bytes_under_the_same_name_is_registered_anew() {
        offered.add(content("a.bin", 'a'));
        registrar.start();
        await().until(() -> atIndex.containsKey("a.bin"));

        Content changed = content("a.bin", 'c');
        offered.set(0, changed);
        registrar.changed();

        await().until(() -> changed.equals(atIndex.get("a.bin")));
    }

    @Test
    void an_index_that_lost_its_memory_gets_everything_again_at_the_next_sign_of_life() {
        lease = Duration.ofMillis(300);
        offered.add(content("a.bin", 'a'));
        registrar.start();
        await().until(() -> atIndex.containsKey("a.bin"));

        atIndex.clear();

        await().until(() -> atIndex.containsKey("a.bin"));
    }

    @Test
    void signs_of_life_tell_the_load_of_the_moment() {
        lease = Duration.ofMillis(300);
        registrar.start();
        await().until(() -> told.contains(new Load(0, 0)));
        load = new Load(2, 5_000_000);
        await().until(() -> told.contains(new Load(2, 5_000_000)));
    }

    @Test
    void who_waits_for_it_waits_until_the_index_has_all_that_is_offered() throws Exception {
        registrar.start();
        for (int i = 0; i < 500; i++) {
            offered.add(content("file-" + i, 'a'));
            registrar.changed();
        }

        assertThat(registrar.awaitRegistered(Duration.ofSeconds(30))).isEmpty();

        assertThat(atIndex).hasSize(500);
    }

    @Test
    void who_waits_for_an_index_that_does_not_answer_is_told() throws Exception {
        index.close();
        registrar.start();

        assertThat(registrar.awaitRegistered(Duration.ofSeconds(30)))
                .hasValueSatisfying(why -> assertThat(why).contains("no index server answers"));
    }

    @Test
    void what_is_offered_first_is_registered_first() {
        for (int i = 0; i < 300; i++) {
            offered.add(content("file-" + i, 'a'));
        }
        offered.addFirst(content("set.folder", 'b'));

        registrar.start();

        await().until(() -> atIndex.size() == 301);
        assertThat(index.received().stream().filter(Request.Register.class::isInstance))
                .filteredOn(request -> ((Request.Register) request).contents().getFirst().name().equals("set.folder"))
                .hasSize(1);
    }

    @Test
    void closing_deregisters_everything() {
        offered.add(content("a.bin", 'a'));
        registrar.start();
        await().until(() -> atIndex.containsKey("a.bin"));

        registrar.close();

        assertThat(atIndex).isEmpty();
    }

    private static Content content(String name, char digit) {
        return new Content(name, Optional.of("sha256-tree:" + String.valueOf(digit).repeat(64)), 7);
    }
}
