package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.UdpEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Where it listens, and how it ends. */
class NativeListeningTest extends NativeFixture {

    @Test
    void ipv6_works() throws Exception {
        bind = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
        restart();
        client.share("alice", FILM);
        assertThat(client.search(FILM.name()).listings().getFirst().sources().getFirst().endpoints())
                .containsExactly(new Endpoint("tcp", "0:0:0:0:0:0:0:1", 7118));
    }

    @Test
    void a_wildcard_of_ipv6_serves_ipv4_as_well() throws Exception {
        bind = new InetSocketAddress(InetAddress.ofLiteral("::"), 0);
        restart();
        for (String host : List.of("127.0.0.1", "::1")) {
            try (NativeClient each = new NativeClient(
                    new InetSocketAddress(InetAddress.ofLiteral(host), frontEnd.address().getPort()))) {
                assertThat(each.hello()).as(host).isNotZero();
            }
        }
    }

    @Test
    void an_address_in_use_is_refused_with_the_cure() {
        NativeFrontEnd second = new NativeFrontEnd(frontEnd.address(), UdpEngine.AUTO, service, new Guard(time), time);
        assertThatThrownBy(second::start).isInstanceOf(CannotListenException.class)
                .hasMessage("the native front-end can't listen on 127.0.0.1:" + frontEnd.address().getPort()
                        + " (Address already in use): stop what listens there, or choose another address with"
                        + " --set frontend.native.bind=…");
    }

    @Test
    void what_was_accepted_before_closing_is_answered_and_kept() throws Exception {
        client.hello();
        client.keepAlive("alice");
        ByteBuffer register = RequestCodec.encode(new RequestPacket(77, client.hello(),
                new Request.Register(NativeClient.peer("alice"), List.of(FILM))));
        client.send(register);
        await().until(() -> frontEnd.tally().allRequests() == 4);
        frontEnd.close();
        assertThat(client.hearsNothing()).isFalse();
        assertThat(service.lookups().sessions()).singleElement().matches(session -> session.mappings() == 1);
    }
}
