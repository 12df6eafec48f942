package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.host.download.PluginSet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

class KnownHostsTest {

    private static final Endpoint ALICE = new Endpoint("kilobyte", "alice", 8080);
    private static final Endpoint SELF = new Endpoint("kilobyte", "self", 8080);
    private static final Endpoint BOB = new Endpoint("kilobyte", "bob", 8080);

    @TempDir
    private Path folder;
    private Path file;
    private final Set<Endpoint> reachable = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("hosts.txt"), "self\nalice\nbob\n");
        reachable.add(SELF);
    }

    @Test
    void the_first_question_waits_until_all_hosts_were_tried() throws Exception {
        reachable.add(BOB);
        try (KnownHosts hosts = open()) {
            assertThat(hosts.present()).containsExactly(BOB);
            assertThat(hosts.list()).containsExactly(new KnownHosts.Host(ALICE, false), new KnownHosts.Host(BOB, true));
        }
    }

    @Test
    void a_host_that_comes_later_is_found_within_seconds() throws Exception {
        try (KnownHosts hosts = open()) {
            hosts.start();
            assertThat(hosts.present()).isEmpty();

            reachable.add(ALICE);

            await().until(() -> hosts.present().equals(List.of(ALICE)));
        }
    }

    @Test
    void the_file_is_read_again_when_it_changes_and_mistakes_in_it_change_nothing() throws Exception {
        reachable.addAll(Set.of(ALICE, BOB));
        try (KnownHosts hosts = open()) {
            hosts.start();
            assertThat(hosts.present()).containsExactly(ALICE, BOB);

            Files.writeString(file, "bob # only\n");
            await().until(() -> hosts.present().equals(List.of(BOB)));
            Files.writeString(file, "not a host\nalice\n");
            Files.writeString(folder.resolve("other"), "");
            assertThat(hosts.present()).containsExactly(BOB);

            Files.writeString(file, "alice\nbob\n# both\n");
            await().until(() -> hosts.present().equals(List.of(ALICE, BOB)));
        }
    }

    @Test
    void a_mistake_in_the_file_is_told_at_once() throws Exception {
        Files.writeString(file, "alice\nkilobyte://bob\n");
        assertThatIOException().isThrownBy(this::open).withMessageContaining(file + ":2");
    }

    @Test
    void without_a_file_there_are_no_hosts() throws Exception {
        try (KnownHosts none = KnownHosts.open(Optional.empty(), new Inquiry(new Plugins()), SELF::equals)) {
            none.start();
            assertThat(none.list()).isEmpty();
            assertThat(none.present()).isEmpty();
        }
    }

    private KnownHosts open() throws IOException {
        return KnownHosts.open(Optional.of(file), new Inquiry(new Plugins()), SELF::equals);
    }

    private final class Plugins implements PluginSet {

        @Override
        public Transport transport(String scheme) {
            return new Reaching();
        }

        @Override
        public Map<String, String> transportOptions(String scheme) {
            return Map.of();
        }

        @Override
        public FileHasher hasher(String algorithm) {
            throw new AssertionError("nothing is hashed here");
        }

        @Override
        public FileHasher ownHasher() {
            throw new AssertionError("nothing is hashed here");
        }

        @Override
        public PeerSelector selector() {
            throw new AssertionError("nothing is selected here");
        }
    }

    private final class Reaching implements Transport {

        @Override
        public String scheme() {
            return "kilobyte";
        }

        @Override
        public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) {
            throw new AssertionError("nobody serves here");
        }

        @Override
        public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
            if (!reachable.contains(endpoint)) {
                throw new IOException("nobody there");
            }
            return new Connection() {

                @Override
                public Optional<Offer> ask(ContentReference content) {
                    return Optional.empty();
                }

                @Override
                public void close() {
                    // nothing was opened
                }
            };
        }
    }
}
