package dev.swarmdex.plugin.kilobyte;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestTest {

    @Test
    void a_request_has_the_bytes_of_the_struct() {
        assertThat(bytes(new Request("ü.x", 0x0102030405060708L, false))).isEqualTo(HexFormat.of()
                .parseHex("c3bc2e78" + "00".repeat(124) + "0807060504030201" + "00" + "00".repeat(7)));
        assertThat(bytes(Request.existence("a"))).isEqualTo(HexFormat.of()
                .parseHex("61" + "00".repeat(127) + "00".repeat(8) + "01" + "00".repeat(7)));
    }

    @Test
    void a_name_of_full_length_has_no_nul_behind_it() {
        Request request = Request.portion("n".repeat(128), 3);
        assertThat(Request.parse(ByteBuffer.wrap(bytes(request)))).isEqualTo(request);
    }

    @Test
    void what_a_program_leaves_in_its_memory_means_nothing() {
        byte[] bytes = bytes(new Request("a b", 5, true));
        Arrays.fill(bytes, 4, 128, (byte) 0xcc);
        Arrays.fill(bytes, 137, 144, (byte) 0xcc);
        assertThat(Request.parse(ByteBuffer.wrap(bytes))).isEqualTo(new Request("a b", 5, true));
    }

    @Test
    void any_true_value_of_c_asks_for_existence() {
        byte[] bytes = bytes(Request.portion("a", 0));
        bytes[136] = -1;
        assertThat(Request.parse(ByteBuffer.wrap(bytes)).existence()).isTrue();
    }

    @Test
    void the_next_request_in_the_buffer_is_left_alone() {
        ByteBuffer two = ByteBuffer.allocate(288);
        Request.portion("a", 1).write(two);
        Request.portion("b", 2).write(two);
        assertThat(Request.parse(two.flip().position(144))).isEqualTo(Request.portion("b", 2));
        assertThat(Request.parse(two.position(0))).isEqualTo(Request.portion("a", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u007f"})
    void a_name_that_can_not_be_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Request.portion(name, 0));
        byte[] bytes = new byte[Request.LENGTH];
        System.arraycopy(name.getBytes(UTF_8), 0, bytes, 0, name.length());
        assertThatIllegalArgumentException().isThrownBy(() -> Request.parse(ByteBuffer.wrap(bytes)));
    }

    @Test
    void a_name_that_is_too_long_or_not_utf_8_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Request.portion("n".repeat(129), 0));
        byte[] bytes = bytes(Request.portion("abc", 0));
        bytes[1] = (byte) 0xff;
        assertThatIllegalArgumentException().isThrownBy(() -> Request.parse(ByteBuffer.wrap(bytes)));
    }

    @Test
    void only_names_that_leave_room_for_a_nul_are_asked_for() {
        assertThat(Request.carries("n".repeat(127))).isTrue();
        assertThat(Request.carries("ü".repeat(64))).isFalse();
    }

    @Test
    void random_bytes_are_a_request_that_survives_the_round_trip_or_none() {
        Random random = new Random(4);
        int requests = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[Request.LENGTH];
            random.nextBytes(bytes);
            for (int at = 0; at < 5; at++) {
                bytes[at] = (byte) random.nextInt(128);
            }
            bytes[random.nextInt(8)] = 0;
            try {
                Request request = Request.parse(ByteBuffer.wrap(bytes));
                assertThat(Request.parse(ByteBuffer.wrap(bytes(request)))).isEqualTo(request);
                requests++;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(requests).isBetween(1_000, 49_000);
    }

    private static byte[] bytes(Request request) {
        ByteBuffer bytes = ByteBuffer.allocate(Request.LENGTH);
        request.write(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        return bytes.array();
    }
}
