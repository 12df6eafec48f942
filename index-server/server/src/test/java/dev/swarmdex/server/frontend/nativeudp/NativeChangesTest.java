package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.HeldWriter;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes that take long. */
class NativeChangesTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    Path folder;
    private final HeldWriter writer = new HeldWriter();
    @SuppressWarnings("NullAway.Init")
    private IndexStore store;
    @SuppressWarnings("NullAway.Init")
    private IndexService service;
    @SuppressWarnings("NullAway.Init")
    private NativeChanges changes;

    @BeforeEach
    void open() {
        store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS),
                writer);
        service = new IndexService(store, Map.of(NativeFrontEnd.PROTOCOL, Duration.ofMinutes(2)), new FakeTime());
        service.start();
        writer.hold();
        changes = new NativeChanges(service);
    }

    @AfterEach
    void close() {
        writer.release();
        changes.close();
        service.close();
        store.close();
    }

    @Test
    void who_can_not_join_soon_is_told_to_come_again_and_has_joined_then() {
        ListDigest nothing = ListDigest.of(List.of());
        Request join = new Request.KeepAlive(NativeClient.peer("alice"), List.of(new Endpoint("tcp", "", 7118)),
                nothing.mappings(), nothing.value());

        assertThat(changes.answer(join, HERE)).failsWithin(Duration.ofSeconds(30)).withThrowableThat()
                .withCauseInstanceOf(BusyException.class);

        writer.release();
        assertThat(changes.answer(join, HERE)).succeedsWithin(Duration.ofSeconds(30)).isInstanceOf(Reply.Alive.class);
        assertThat(service.lookups().sessions()).hasSize(1);
    }
}
