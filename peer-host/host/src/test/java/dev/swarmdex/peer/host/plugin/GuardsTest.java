package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Transport;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuardsTest {

    static Arguments[] guards() {
        return new Arguments[]{Arguments.of(Transport.class, GuardedTransport.class),
                Arguments.of(Server.class, GuardedServer.class),
                Arguments.of(Connection.class, GuardedConnection.class),
                Arguments.of(Offer.class, GuardedOffer.class), Arguments.of(FileHasher.class, GuardedHasher.class),
                Arguments.of(PeerSelector.class, GuardedSelector.class)};
    }

    /** A default method that is not passed on would hide what the plugin overrides. */
    @ParameterizedTest
    @MethodSource("guards")
    void every_method_of_the_api_is_passed_on_to_the_plugin(Class<?> api, Class<?> guard) {
        assertThat(Arrays.stream(api.getDeclaredMethods()).filter(method -> !method.isSynthetic()))
                .allSatisfy(method -> assertThat(guard.getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass()).isEqualTo(guard));
    }
}
