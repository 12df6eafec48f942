package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.testkit.Transfers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReplyTest {

    @Test
    void a_reply_has_the_bytes_of_the_struct() {
        assertThat(bytes(Reply.data(2, 2051, ByteBuffer.wrap(new byte[]{7, 8, 9})))).isEqualTo(HexFormat.of()
                .parseHex("0200000000000000" + "03000000" + "00000000" + "0308000000000000" + "070809"
                        + "00".repeat(1021) + "01" + "00" + "00".repeat(6)));
        assertThat(bytes(Reply.outOfRange(3, 2051))).isEqualTo(HexFormat.of()
                .parseHex("0300000000000000" + "00000000" + "00000000" + "0308000000000000" + "00".repeat(1024)
                        + "01" + "01" + "00".repeat(6)));
        assertThat(bytes(Reply.present(0, 0x0102030405060708L))).isEqualTo(HexFormat.of()
                .parseHex("0000000000000000" + "00000000" + "00000000" + "0807060504030201" + "00".repeat(1024)
                        + "01" + "00" + "00".repeat(6)));
        assertThat(bytes(Reply.absent(-1))).isEqualTo(HexFormat.of()
                .parseHex("ff".repeat(8) + "00".repeat(1048)));
    }

    @Test
    void a_full_portion_comes_back() {
        Reply reply = Reply.data(1, 5000, ByteBuffer.wrap(Transfers.bytes(1024)));
        assertThat(Reply.parse(ByteBuffer.wrap(bytes(reply)))).isEqualTo(reply);
    }

    @Test
    void without_a_file_whatever_else_a_program_left_in_its_memory_means_nothing() {
        byte[] bytes = new byte[Reply.LENGTH];
        Arrays.fill(bytes, (byte) 0xcc);
        bytes[1048] = 0;
        Reply reply = Reply.parse(ByteBuffer.wrap(bytes));
        assertThat(reply.hasFile()).isFalse();
        assertThat(reply.fileSize()).isZero();
        assertThat(reply.data().hasRemaining()).isFalse();
    }

    @Test
    void the_paddings_mean_nothing() {
        Reply reply = Reply.data(0, 3, ByteBuffer.wrap(new byte[3]));
        byte[] bytes = bytes(reply);
        Arrays.fill(bytes, 12, 16, (byte) 0xcc);
        Arrays.fill(bytes, 27, 1048, (byte) 0xcc);
        Arrays.fill(bytes, 1050, 1056, (byte) 0xcc);
        assertThat(Reply.parse(ByteBuffer.wrap(bytes))).isEqualTo(reply);
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "0, 1025", "0, 2147483647", "0, -2147483648", "0, 999", "1, 1000", "2, 1", "-1, 1024",
            "9223372036854775807, 1024", "18014398509481984, 1024"})
    void a_length_that_can_not_be_is_refused(long portion, int length) {
        byte[] bytes = bytes(Reply.present(portion, 1500));
        ByteBuffer.wrap(bytes).putInt(8, Integer.reverseBytes(length));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.parse(ByteBuffer.wrap(bytes)));
    }

    @Test
    void a_reply_that_contradicts_itself_is_refused() {
        ByteBuffer three = ByteBuffer.wrap(new byte[3]);
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(0, 3, three, true, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(0, 3, three, false, false));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.present(0, -1));
    }

    @Test
    void random_bytes_are_a_reply_that_survives_the_round_trip_or_none() {
        Random random = new Random(5);
        int replies = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = bytes(Reply.data(random.nextInt(3), 2048 + random.nextInt(1, 1025),
                    ByteBuffer.allocate(0)));
            for (int damage = 0; damage < 3; damage++) {
                bytes[random.nextInt(2) == 0 ? random.nextInt(24) : random.nextInt(1046, 1056)] = (byte) random
                        .nextInt(-1, 5);
            }
            try {
                Reply reply = Reply.parse(ByteBuffer.wrap(bytes));
                assertThat(Reply.parse(ByteBuffer.wrap(bytes(reply)))).isEqualTo(reply);
                replies++;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(replies).isBetween(1_000, 19_999);
    }

    private static byte[] bytes(Reply reply) {
        ByteBuffer bytes = ByteBuffer.allocate(Reply.LENGTH);
        reply.write(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        return bytes.array();
    }
}
