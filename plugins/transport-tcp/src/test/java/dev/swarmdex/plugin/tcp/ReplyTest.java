package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.transportkit.ProtocolException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReplyTest {

    private static final ContentId MD5 = ContentId.of("md5", new byte[16]);
    private static final Request READ = new Request.Read(MD5, 0, 5);

    @Test
    void golden_bytes_of_every_reply() {
        assertThat(hex(Reply.offered(0x01020304, 258, MD5))).isEqualTo(
                "4f" + "01020304" + "0000002c" + "0000000000000102" + "6d64353a" + "30".repeat(32));
        assertThat(hex(Reply.offeredInPart(0x01020304, 258, MD5))).isEqualTo(
                "50" + "01020304" + "0000002c" + "0000000000000102" + "6d64353a" + "30".repeat(32));
        assertThat(hex(Reply.pieces(1, BitSet.valueOf(new long[]{0b10_0000_0101}))))
                .isEqualTo("50" + "00000001" + "00000002" + "0502");
        assertThat(hex(Reply.allPieces(1))).isEqualTo("4f" + "00000001" + "00000000");
        assertThat(hex(Reply.later(1))).isEqualTo("4c" + "00000001" + "00000000");
        assertThat(hex(Reply.hashes(1, new byte[]{1, 2, 3}))).isEqualTo("4f" + "00000001" + "00000003" + "010203");
        assertThat(hex(Reply.bytesFollow(1, 65536))).isEqualTo("4f" + "00000001" + "00010000");
        assertThat(hex(Reply.nothing(-1))).isEqualTo("4e" + "ffffffff" + "00000000");
        assertThat(hex(Reply.error(1, "no"))).isEqualTo("45" + "00000001" + "00000002" + "6e6f");
    }

    @Test
    void a_reply_is_read_as_it_was_written() throws ProtocolException {
        assertThat(Reply.parse(Reply.bytesFollow(7, 5), 7, READ)).isEqualTo(new Reply(Reply.Status.OK, 7, 5));
        assertThat(Reply.parse(Reply.nothing(7), 7, READ)).isEqualTo(new Reply(Reply.Status.NOTHING, 7, 0));
        assertThat(Reply.parse(Reply.error(7, "no"), 7, READ)).isEqualTo(new Reply(Reply.Status.ERROR, 7, 2));
    }

    @Test
    void a_long_reason_is_cut_at_a_whole_character() {
        ByteBuffer frame = Reply.error(1, "x" + "ü".repeat(1000));
        String text = UTF_8.decode(frame.position(Wire.REPLY_HEADER)).toString();
        assertThat(text).isEqualTo("x" + "ü".repeat(255));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"4f 00000008 00000005", "4f 00000007 00000004", "4f 00000007 00000006",
            "4f 00000007 ffffffff",
            "4e 00000007 00000001", "45 00000007 00000201", "45 00000007 80000000", "00 00000007 00000005",
            "50 00000007 00000005", "4c 00000007 00000001"})
    void a_header_that_does_not_answer_the_request_is_refused(String header) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(header.replace(" ", "")));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Reply.parse(bytes, 7, READ));
    }

    @Test
    void no_reply_is_longer_than_its_request_allows() {
        Request ask = new Request.Ask(ContentReference.byName("a"));
        assertThat(ask.allowsReplyOf(8)).isFalse();
        assertThat(ask.allowsReplyOf(9)).isTrue();
        assertThat(ask.allowsReplyOf(169)).isTrue();
        assertThat(ask.allowsReplyOf(170)).isFalse();
        Request hashes = new Request.Hashes(MD5, 1 << 16);
        assertThat(hashes.allowsReplyOf(8 << 20)).isTrue();
        assertThat(hashes.allowsReplyOf((8 << 20) + 1)).isFalse();
        assertThat(hashes.allowsPartialReplyOf(0)).isFalse();
        assertThat(ask.allowsPartialReplyOf(170)).isFalse();
        Request pieces = new Request.Pieces(MD5);
        assertThat(pieces.allowsReplyOf(1)).isFalse();
        assertThat(pieces.allowsPartialReplyOf(32 << 10)).isTrue();
        assertThat(pieces.allowsPartialReplyOf((32 << 10) + 1)).isFalse();
    }

    private static String hex(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
