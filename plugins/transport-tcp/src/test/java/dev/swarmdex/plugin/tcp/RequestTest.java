package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestTest {

    /** The text of an id of 16 zero bytes, {@code md5:000…}, as it stands in frames. */
    private static final String ID = "6d64353a" + "30".repeat(32);
    private static final String ZEROS = "00000000000000000000000000000000";
    private static final ContentId MD5 = ContentId.of("md5", new byte[16]);

    @Test
    void golden_bytes_of_a_question_by_name() {
        assertThat(frame(new Request.Ask(ContentReference.byName("a/ü"))))
                .isEqualTo("41" + "01020304" + "0005" + "00" + "612fc3bc");
    }

    @Test
    void golden_bytes_of_a_question_by_id() {
        assertThat(frame(new Request.Ask(ContentReference.byId(MD5))))
                .isEqualTo("41" + "01020304" + "0025" + "24" + ID);
    }

    @Test
    void golden_bytes_of_a_question_by_both() {
        assertThat(frame(new Request.Ask(ContentReference.of("a", MD5)))).isEqualTo(
                "41" + "01020304" + "0026" + "24" + ID + "61");
    }

    @Test
    void golden_bytes_of_a_question_for_hashes() {
        assertThat(frame(new Request.Hashes(MD5, 1 << 20))).isEqualTo("48" + "01020304" + "0028" + "00100000" + ID);
    }

    @Test
    void golden_bytes_of_a_question_for_pieces() {
        assertThat(frame(new Request.Pieces(MD5))).isEqualTo("50" + "01020304" + "0024" + ID);
    }

    @Test
    void golden_bytes_of_a_read() {
        assertThat(frame(new Request.Read(MD5, 0x1_0000_0000L, 16 << 20))).isEqualTo(
                "52" + "01020304" + "0030" + "0000000100000000" + "01000000" + ID);
    }

    @Test
    void golden_bytes_of_a_question_for_whole_contents() {
        assertThat(frame(new Request.Whole(List.of(MD5, MD5))))
                .isEqualTo("57" + "01020304" + "0025" + "03" + "6d6435" + "10" + "00".repeat(32));
    }

    @Test
    void as_many_whole_contents_as_fit_their_frame_are_asked_for_at_once() {
        ContentId id = ContentId.of("sha256-tree", new byte[32]);
        assertThat(Request.Whole.most(id)).isEqualTo(31);
        Request request = new Request.Whole(Collections.nCopies(31, id));
        assertThat(parse(Request.frame(1, request))).isEqualTo(request);
        assertThatIllegalArgumentException().isThrownBy(() -> new Request.Whole(Collections.nCopies(32, id)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Request.Whole(List.of()));
        assertThat(Request.Whole.fit(id, MD5)).isFalse();
    }

    @Test
    void the_longest_request_fits_its_frame() {
        ContentId longest = ContentId.of("a".repeat(32), new byte[64]);
        Request request = new Request.Ask(ContentReference.of("n".repeat(512), longest));
        assertThat(parse(Request.frame(1, request))).isEqualTo(request);
    }

    @Test
    void any_request_survives_the_round_trip() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            Request request = anyRequest(random);
            assertThat(parse(Request.frame(random.nextInt(), request))).isEqualTo(request);
        }
    }

    @Test
    void nothing_but_a_request_or_a_refusal_comes_of_garbage() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            ByteBuffer body = mutated(Request.frame(1, anyRequest(random)), random);
            try {
                assertThat(Request.parse("AHPRW".charAt(random.nextInt(5)), body)).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"A, ''", "H, ''", "P, ''", "P, 00", "R, ''", "A, 00", "A, 0561", "A, 02ffff", "A, 00ff", "A, 000a",
            "H, 00010000",
            "H, 000100",
            "W, ''", "W, 036d6435", "W, 036d643510", "W, 036d643500", "W, 036d64351000", "W, 0010" + ZEROS,
            "W, ff6d643510" + ZEROS, "W, 036d643511" + ZEROS, "R, 0000000000000000000000",
            "R, 000000000000000000000001", "Z, 00"})
    void a_body_that_is_no_request_is_refused(char type, String body) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(body));
        assertThatIllegalArgumentException().isThrownBy(() -> Request.parse(type, bytes));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "8192", "65535", "33554432", "-2147483648"})
    void an_impossible_piece_size_is_refused(int pieceSize) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Request.Hashes(MD5, pieceSize));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, -1", "0, 16777217"})
    void an_impossible_range_is_refused(long offset, int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Request.Read(MD5, offset, length));
    }

    private static String frame(Request request) {
        ByteBuffer frame = Request.frame(0x01020304, request);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Request parse(ByteBuffer frame) {
        int type = frame.get();
        frame.position(Wire.REQUEST_HEADER);
        return Request.parse(type, frame);
    }

    private static ByteBuffer mutated(ByteBuffer frame, Random random) {
        byte[] body = new byte[frame.remaining() - Wire.REQUEST_HEADER];
        frame.get(Wire.REQUEST_HEADER, body);
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return ByteBuffer.wrap(body, 0, random.nextInt(body.length + 1));
    }

    private static Request anyRequest(Random random) {
        byte[] digest = new byte[16 + random.nextInt(49)];
        random.nextBytes(digest);
        ContentId id = ContentId.of("sha256-tree", digest);
        return switch (random.nextInt(6)) {
            case 0 -> new Request.Ask(ContentReference.byName("name" + random.nextInt()));
            case 1 -> new Request.Ask(ContentReference.of("größe" + random.nextInt(), id));
            case 2 -> new Request.Hashes(id, 1 << random.nextInt(14, 25));
            case 3 -> new Request.Pieces(id);
            case 4 -> new Request.Whole(Collections.nCopies(random.nextInt(1, Request.Whole.most(id) + 1), id));
            default -> new Request.Read(id, random.nextLong() >>> 1, random.nextInt(Wire.LONGEST_READ + 1));
        };
    }
}
