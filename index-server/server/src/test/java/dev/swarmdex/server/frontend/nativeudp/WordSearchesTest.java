package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Lookups;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Searches by words take long, and nobody else waits for them. */
class WordSearchesTest extends NativeFixture {

    private final Semaphore searches = new Semaphore(0);
    @SuppressWarnings("NullAway.Init")
    private IndexService slow;
    private long connectionId;

    @BeforeEach
    void slowDown() throws Exception {
        client.share("alice", FILM);
        client.close();
        frontEnd.close();
        slow = new IndexService(slow(store), Map.of(NativeFrontEnd.PROTOCOL, LEASE), time);
        frontEnd = new NativeFrontEnd(bind, UdpEngine.AUTO, slow, guard, time);
        frontEnd.start();
        client = new NativeClient(frontEnd.address());
        connectionId = client.hello();
    }

    @AfterEach
    void stop() {
        searches.release(1_000);
        slow.close();
    }

    @Test
    void another_lookup_is_answered_while_a_search_by_words_takes_long() throws Exception {
        sendWords(77);

        assertThat(client.search(FILM.name()).listings()).extracting(Listing::content).containsExactly(FILM);
        searches.release();

        ReplyPacket late = client.next().orElseThrow();
        assertThat(late.requestId()).isEqualTo(77);
        assertThat(((Reply.Contents) late.reply()).listings()).extracting(Listing::content).containsExactly(FILM);
    }

    @Test
    void more_than_may_wait_of_one_address_are_refused_as_busy_and_those_that_wait_are_answered() throws Exception {
        for (int id = 1_001; id <= 1_001 + WordSearches.MOST_OF_ONE; id++) {
            sendWords(id);
        }
        ReplyPacket refused = client.next().orElseThrow();
        assertThat(refused.requestId()).isEqualTo(1_001 + WordSearches.MOST_OF_ONE);
        assertThat(reason(refused.reply())).isEqualTo(Reply.Reason.BUSY);

        searches.release(WordSearches.MOST_OF_ONE);

        for (int id = 1_001; id < 1_001 + WordSearches.MOST_OF_ONE; id++) {
            assertThat(client.next().orElseThrow().requestId()).isEqualTo(id);
        }
    }

    @Test
    void whoever_fills_the_queue_of_one_address_leaves_room_for_others() {
        try (var words = new WordSearches()) {
            InetAddress flooder = InetAddress.ofLiteral("192.0.2.1");
            long admitted = IntStream.range(0, 1_000)
                    .filter(_ -> words.run(searches::acquireUninterruptibly, flooder)).count();

            assertThat(admitted).isEqualTo(WordSearches.MOST_OF_ONE);
            assertThat(words.run(() -> {}, InetAddress.ofLiteral("192.0.2.2"))).isTrue();
            searches.release(1_000);
        }
    }

    private void sendWords(int id) throws Exception {
        client.send(RequestCodec
                .encode(new RequestPacket(id, connectionId, new Request.SearchWords(List.of("film"), Cursor.NONE))));
    }

    /** The store, but for its searches by words, which wait to be let go. */
    private IndexStore slow(IndexStore of) {
        Lookups lookups = of.lookups();
        Lookups slowed = standIn(Lookups.class, (_, method, arguments) -> {
            if (method.getName().equals("byWords")) {
                searches.acquire();
            }
            return method.invoke(lookups, arguments);
        });
        return standIn(IndexStore.class,
                (_, method, arguments) -> method.getName().equals("lookups") ? slowed : method.invoke(of, arguments));
    }

    private static <T> T standIn(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }
}
