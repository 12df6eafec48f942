package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Limits;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Reply.Reason;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.server.frontend.ConnectionIds;
import dev.swarmdex.server.frontend.Guard;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What those get who have not proven their address, break the rules, or ask too much. */
class NativeDefenceTest extends NativeFixture {

    @Test
    void without_a_connection_id_nothing_is_done() throws Exception {
        for (Request request : List.of(new Request.Register(NativeClient.peer("alice"), List.of(FILM)),
                new Request.KeepAlive(NativeClient.peer("alice"), List.of(new Endpoint("tcp", "", 1)), 0, 0),
                new Request.ListPeers(Cursor.NONE), new Request.SearchName("x", Cursor.NONE))) {
            assertThat(reason(client.ask(request))).isEqualTo(Reason.STALE_CONNECTION);
        }
        assertThat(service.lookups().sessions()).isEmpty();
        assertThat(frontEnd.tally().unproven()).isEqualTo(4);
    }

    @Test
    void the_connection_id_of_one_address_is_no_good_from_another() throws Exception {
        long id = client.hello();
        try (NativeClient other = new NativeClient(frontEnd.address())) {
            other.use(id);
            assertThat(reason(other.ask(new Request.ListPeers(Cursor.NONE)))).isEqualTo(Reason.STALE_CONNECTION);
        }
        assertThat(client.ask(new Request.ListPeers(Cursor.NONE))).isInstanceOf(Reply.Peers.class);
    }

    @Test
    void an_old_connection_id_is_stale() throws Exception {
        client.hello();
        time.pass(ConnectionIds.SLOT.multipliedBy(2));
        assertThat(reason(client.ask(new Request.ListPeers(Cursor.NONE)))).isEqualTo(Reason.STALE_CONNECTION);
    }

    @Test
    void before_the_address_is_proven_no_reply_is_larger_than_its_request() throws Exception {
        client.share("alice", FILM);
        Random random = new Random(7);
        List<Request> requests = List.of(new Request.Hello(), new Request.ListContents(Cursor.NONE),
                new Request.SearchName("a", Cursor.NONE), new Request.SearchName(FILM.name(), Cursor.NONE));
        try (NativeClient unproven = new NativeClient(frontEnd.address())) {
            for (Request request : requests) {
                ByteBuffer bytes = RequestCodec.encode(new RequestPacket(1, random.nextLong(), request));
                assertThat(unproven.exchange(bytes.duplicate()).orElseThrow().remaining()).as(request.toString())
                        .isLessThanOrEqualTo(bytes.remaining());
                for (int length = Limits.REQUEST_HEADER; length < bytes.remaining(); length++) {
                    ByteBuffer cut = bytes.duplicate().limit(length);
                    assertThat(unproven.exchange(cut.duplicate()).orElseThrow().remaining())
                            .isLessThanOrEqualTo(length);
                }
            }
        }
    }

    @Test
    void another_version_and_an_unknown_type_are_refused_with_a_reason() throws Exception {
        ByteBuffer hello = RequestCodec.encode(new RequestPacket(9, 0, new Request.Hello()));
        assertThat(refusal(hello.duplicate().put(0, (byte) 2)).reason()).isEqualTo(Reason.VERSION);
        ByteBuffer unknown = RequestCodec.encode(new RequestPacket(9, 0, new Request.Hello()));
        assertThat(refusal(unknown.put(1, (byte) 'Z'))).satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.BAD_REQUEST);
            assertThat(refused.message()).isEqualTo("there is no request of type Z");
        });
        assertThat(frontEnd.tally().malformed()).isEqualTo(2);
    }

    private Reply.Refused refusal(ByteBuffer request) throws Exception {
        return (Reply.Refused) ReplyCodec.decode(client.exchange(request).orElseThrow()).reply();
    }

    @Test
    void garbage_gets_silence_and_a_counter_and_serving_goes_on() throws Exception {
        client.share("alice", FILM);
        try (NativeClient stranger = new NativeClient(frontEnd.address())) {
            Random random = new Random(11);
            for (int i = 0; i < 500; i++) {
                byte[] bytes = new byte[random.nextInt(1500)];
                random.nextBytes(bytes);
                if (bytes.length > 0) {
                    bytes[0] = (byte) (bytes[0] | 0x10);
                }
                stranger.send(ByteBuffer.wrap(bytes));
            }
            assertThat(stranger.hearsNothing()).isTrue();
        }
        await().untilAsserted(() -> assertThat(frontEnd.tally().ignored()).isEqualTo(500));
        assertThat(client.search(FILM.name()).listings()).hasSize(1);
    }

    @Test
    void mutated_requests_never_stop_the_server_nor_get_a_wrong_answer_to_others() throws Exception {
        client.share("alice", FILM);
        Random random = new Random(13);
        try (NativeClient stranger = new NativeClient(frontEnd.address())) {
            long id = stranger.hello();
            ByteBuffer seed = RequestCodec.encode(
                    new RequestPacket(1, id, new Request.Register(NativeClient.peer("mallory"), List.of(FILM, SONG))));
            for (int i = 0; i < 3000; i++) {
                byte[] bytes = new byte[seed.remaining()];
                seed.duplicate().get(bytes);
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    int at = random.nextInt(3) == 0 ? 14 + random.nextInt(bytes.length - 14)
                            : random.nextInt(bytes.length);
                    bytes[at] = (byte) random.nextInt(256);
                }
                stranger.send(ByteBuffer.wrap(bytes, 0, 1 + random.nextInt(bytes.length)));
                if (i % 100 == 0) {
                    assertThat(client.search(FILM.name()).listings()).hasSize(1);
                }
            }
        }
    }

    @Test
    void a_proven_client_over_its_limit_is_told_when_to_come_back_and_others_get_silence() throws Exception {
        client.hello();
        guard.limit(1, 0);
        Request search = new Request.SearchName("x", Cursor.NONE);
        assertThat(client.ask(search)).isInstanceOf(Reply.Contents.class);
        assertThat(client.ask(search)).isInstanceOf(Reply.Contents.class);
        Reply.Refused busy = (Reply.Refused) client.ask(search);
        assertThat(busy.reason()).isEqualTo(Reason.BUSY);
        assertThat(busy.retryAfter()).isEqualTo(Guard.RETRY);

        ByteBuffer hello = RequestCodec.encode(new RequestPacket(1, 0, new Request.Hello()));
        assertThat(client.exchange(hello.duplicate())).isPresent();
        assertThat(client.exchange(hello.duplicate())).isPresent();
        client.send(hello.duplicate());
        assertThat(client.hearsNothing()).isTrue();
        assertThat(frontEnd.tally().limited()).isEqualTo(2);
        assertThat(guard.offenders().worst(1)).singleElement()
                .satisfies(offender -> assertThat(offender.overLimit()).isEqualTo(2));

        time.pass(Guard.RETRY);
        assertThat(client.ask(search)).isInstanceOf(Reply.Contents.class);
    }

    @Test
    void whoever_forges_an_address_cannot_have_its_owner_refused() throws Exception {
        client.hello();
        guard.limit(1, 0);
        ByteBuffer forged = RequestCodec.encode(new RequestPacket(1, 1, new Request.SearchName("x", Cursor.NONE)));
        try (NativeClient forger = new NativeClient(frontEnd.address())) {
            for (int i = 0; i < 50; i++) {
                forger.send(forged.duplicate());
            }
            await().until(() -> frontEnd.tally().limited() == 48);
        }
        assertThat(client.search("x").listings()).isEmpty();
    }

    @Test
    void a_cursor_that_was_never_given_out_is_refused() throws Exception {
        client.hello();
        assertThat(reason(client.ask(new Request.ListContents(new Cursor(-1, 5))))).isEqualTo(Reason.BAD_REQUEST);
        assertThat(client.ask(new Request.ListContents(new Cursor(Long.MAX_VALUE, Long.MAX_VALUE))))
                .isEqualTo(new Reply.Contents(List.of(), Cursor.NONE));
    }
}
