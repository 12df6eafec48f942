package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Reply.Outcome;
import dev.swarmdex.protocol.nativeudp.Reply.Reason;
import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A front-end on a store of its own, and a client of it. */
abstract class NativeFixture {

    static final Duration LEASE = Duration.ofMinutes(2);
    static final String FILM_ID = "sha256-tree:" + "ab".repeat(32);
    static final Content FILM = new Content("a film.mkv", Optional.of(FILM_ID), 5_000_000_000L);
    static final Content SONG = new Content("A song.ogg", Optional.empty(), -1);

    @TempDir
    Path folder;
    final FakeTime time = new FakeTime();
    final Guard guard = new Guard(time);
    InetSocketAddress bind = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    @SuppressWarnings("NullAway.Init")
    IndexStore store;
    @SuppressWarnings("NullAway.Init")
    IndexService service;
    @SuppressWarnings("NullAway.Init")
    NativeFrontEnd frontEnd;
    @SuppressWarnings("NullAway.Init")
    NativeClient client;

    @BeforeEach
    void open() throws Exception {
        store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS));
        service = new IndexService(store, Map.of(NativeFrontEnd.PROTOCOL, LEASE), time);
        service.start();
        frontEnd = new NativeFrontEnd(bind, UdpEngine.AUTO, service, guard, time);
        frontEnd.start();
        client = new NativeClient(frontEnd.address());
    }

    @AfterEach
    void close() {
        client.close();
        frontEnd.close();
        service.close();
        store.close();
    }

    void restart() throws Exception {
        close();
        open();
    }

    static Reason reason(Reply reply) {
        return ((Reply.Refused) reply).reason();
    }

    static List<Outcome> outcomes(Reply reply) {
        return ((Reply.Done) reply).outcomes();
    }

    static boolean confirmed(Reply reply) {
        return ((Reply.Alive) reply).confirmed();
    }
}
