package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.nativeudp.AnswerWriter.SourceForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TreeSearchTest {

    private static final String ID = "sha256-tree:" + "0123456789abcdef".repeat(4);
    private static final ByteBuffer SEARCH = encoded(new Request.SearchId(ID, Cursor.NONE));

    private final AnswerWriter answer = new AnswerWriter();

    @Test
    void the_usual_search_is_known_wherever_it_lies_in_the_buffer() {
        ByteBuffer datagram = ByteBuffer.allocate(200).position(7).put(SEARCH.duplicate()).flip().position(7);

        assertThat(TreeSearch.isIn(datagram)).isTrue();
        assertThat(TreeSearch.requestId(datagram)).isEqualTo(77);
        assertThat(TreeSearch.connectionId(datagram)).isEqualTo(99);
        assertThat(datagram.get(TreeSearch.digest(datagram) + 31)).isEqualTo((byte) 0xef);
    }

    @Test
    void every_other_request_takes_the_long_way() {
        assertThat(List.of(new Request.Hello(), new Request.SearchName("film", Cursor.NONE),
                new Request.SearchId(ID, new Cursor(1, 0)), new Request.SearchId(ID, new Cursor(0, 1)),
                new Request.SearchId("sha256-flat:" + "ab".repeat(32), Cursor.NONE),
                new Request.SearchId("sha256-tree:" + "ab".repeat(31), Cursor.NONE)))
                .noneMatch(request -> TreeSearch.isIn(encoded(request)));
    }

    @Test
    void what_a_changed_byte_makes_of_it_is_still_what_the_codec_reads() throws MalformedPacketException {
        for (int at = 0; at < SEARCH.remaining(); at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] bytes = bytes(SEARCH);
                bytes[at] ^= (byte) (1 << bit);
                if (TreeSearch.isIn(ByteBuffer.wrap(bytes))) {
                    RequestPacket packet = RequestCodec.decode(ByteBuffer.wrap(bytes));
                    assertThat(packet.request()).isInstanceOf(Request.SearchId.class);
                    assertThat(packet.requestId()).isEqualTo(TreeSearch.requestId(ByteBuffer.wrap(bytes)));
                    assertThat(packet.connectionId()).isEqualTo(TreeSearch.connectionId(ByteBuffer.wrap(bytes)));
                }
            }
        }
    }

    @Test
    void no_part_of_it_is_taken_for_the_whole() {
        for (int length = 0; length < SEARCH.remaining(); length++) {
            assertThat(TreeSearch.isIn(SEARCH.duplicate().limit(length))).isFalse();
        }
        assertThat(TreeSearch.isIn(ByteBuffer.allocate(SEARCH.remaining() + 1).put(SEARCH.duplicate()).rewind()))
                .isFalse();
    }

    @Test
    void an_answer_is_what_the_codec_writes() {
        List<Source> few = sources(2);
        Listing first = new Listing(new Content("films/größer.mkv", Optional.of(ID), 5_000_000_000L), few);
        Listing second = new Listing(new Content("b", Optional.of(ID), -1), sources(1));

        answer.begin(SEARCH);
        write(first);
        write(second);

        assertThat(answer.isWhole()).isTrue();
        assertThat(answer.datagram()).isEqualTo(
                ReplyCodec.encode(new ReplyPacket(77, new Reply.Contents(List.of(first, second), Cursor.NONE))));
    }

    @Test
    void nothing_found_is_an_empty_page() {
        answer.begin(SEARCH);
        assertThat(answer.datagram())
                .isEqualTo(ReplyCodec.encode(new ReplyPacket(77, new Reply.Contents(List.of(), Cursor.NONE))));
    }

    @Test
    void a_content_without_a_source_is_left_out() {
        answer.begin(SEARCH);
        answer.content(new byte[10], 0, 10, 5);
        assertThat(answer.datagram())
                .isEqualTo(ReplyCodec.encode(new ReplyPacket(77, new Reply.Contents(List.of(), Cursor.NONE))));
    }

    @Test
    void as_many_sources_as_fit_are_whole_and_one_more_is_not() {
        Content content = new Content("film", Optional.of(ID), 1);
        ContentsPage page = new ContentsPage();
        int most = 0;
        while (page.add(content, sources(60).get(most))) {
            most++;
        }

        answer.begin(SEARCH);
        write(new Listing(content, sources(most)));
        assertThat(answer.isWhole()).isTrue();

        answer.begin(SEARCH);
        write(new Listing(content, sources(most + 1)));
        assertThat(answer.isWhole()).isFalse();
    }

    @Test
    void a_name_of_another_protocol_that_is_too_long_makes_it_not_whole() {
        answer.begin(SEARCH);
        answer.content(new byte[513], 0, 513, 5);
        assertThat(answer.source(new SourceForm(sources(1).getFirst()), 0)).isFalse();
        assertThat(answer.isWhole()).isFalse();
    }

    private void write(Listing listing) {
        byte[] name = ("xx" + listing.content().name() + "yy").getBytes(StandardCharsets.UTF_8);
        boolean more = answer.content(name, 2, name.length - 4, listing.content().size());
        for (Source source : listing.sources()) {
            more = more && answer.source(new SourceForm(source), source.since().toEpochMilli());
        }
    }

    private static List<Source> sources(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Source("peer" + i, Instant.ofEpochMilli(1_700_000_000_000L + i),
                        List.of(new Endpoint("tcp", "192.0.2.1", 7118 + i), new Endpoint("pdu", "::1", 1)),
                        i % 2 == 0 ? Optional.empty() : Optional.of(new Load(3, 1_000_000))))
                .toList();
    }

    private static ByteBuffer encoded(Request request) {
        return RequestCodec.encode(new RequestPacket(77, 99, request));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
