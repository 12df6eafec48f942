package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerMachineTest {

    private final ServerMachine elsewhere = new ServerMachine(Optional.of("10.0.0.5"));
    private final ServerMachine here = new ServerMachine(Optional.empty());

    @Test
    void a_peer_that_another_machines_index_sees_on_loopback_is_where_the_index_is() {
        assertThat(hosts(elsewhere, "127.0.0.1", "::1", "127.3.2.1", "localhost"))
                .containsExactly("10.0.0.5", "10.0.0.5", "10.0.0.5", "10.0.0.5");
        assertThat(elsewhere.seenFromHere(listing("127.0.0.1")).sources())
                .flatExtracting(Source::endpoints).containsExactly(new Endpoint("tcp", "10.0.0.5", 7118));
    }

    @Test
    void all_other_peers_are_where_the_index_says() {
        assertThat(hosts(elsewhere, "10.0.0.7", "fe80::1", "alice.lan", "127.example.org"))
                .containsExactly("10.0.0.7", "fe80::1", "alice.lan", "127.example.org");
    }

    @Test
    void beside_the_index_loopback_leads_to_the_peer() throws IOException {
        assertThat(hosts(here, "127.0.0.1")).containsExactly("127.0.0.1");
        assertThat(ServerMachine.of(InetAddress.getLoopbackAddress())).isEqualTo(here);
        assertThat(ServerMachine.of(InetAddress.getByName("192.0.2.1"))).as("an address for documentation")
                .isEqualTo(new ServerMachine(Optional.of("192.0.2.1")));
    }

    @Test
    void addresses_that_would_not_fit_the_record_stay_as_they_are() {
        List<Endpoint> crowded = List.of(new Endpoint("tcp", "a".repeat(255), 1),
                new Endpoint("tcp", "b".repeat(193), 2),
                new Endpoint("tcp", "::1", 3));
        Reply.Peer peer = new Reply.Peer("alice", crowded);

        assertThat(elsewhere.seenFromHere(peer)).isEqualTo(peer);
    }

    private static List<String> hosts(ServerMachine machine, String... told) {
        Reply.Peer peer = new Reply.Peer("alice",
                Stream.of(told).map(host -> new Endpoint("tcp", host, 7118)).toList());
        return machine.seenFromHere(peer).endpoints().stream().map(Endpoint::host).toList();
    }

    private static Listing listing(String host) {
        return new Listing(new Content("a.bin", Optional.empty(), 7),
                List.of(new Source("alice", Instant.EPOCH, List.of(new Endpoint("tcp", host, 7118)))));
    }
}
