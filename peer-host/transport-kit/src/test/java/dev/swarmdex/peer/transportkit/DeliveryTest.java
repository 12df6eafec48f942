package dev.swarmdex.peer.transportkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class DeliveryTest {

    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private final List<Integer> chunks = new ArrayList<>();

    @Test
    void all_that_comes_is_handed_on_in_order_whatever_the_chunks() throws IOException {
        byte[] content = random(1_000_000);
        Delivery delivery = delivery(Long.MAX_VALUE, 0);
        Random lengths = new Random(2);
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            int length = Math.min(lengths.nextInt(lengths.nextBoolean() ? 100 : 200_000), rest.remaining());
            delivery.accept(rest.slice(rest.position(), length));
            rest.position(rest.position() + length);
        }
        delivery.finish();
        assertThat(got.toByteArray()).isEqualTo(content);
    }

    @Test
    void small_chunks_are_gathered() throws IOException {
        Delivery delivery = delivery(Long.MAX_VALUE, 0);
        for (int i = 0; i < 10_000; i++) {
            delivery.accept(ByteBuffer.allocate(100));
        }
        delivery.finish();
        assertThat(chunks).hasSizeLessThan(20);
        assertThat(got.size()).isEqualTo(1_000_000);
    }

    @Test
    void a_chunk_is_used_up() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(15);
        delivery(10, 5).accept(chunk);
        assertThat(chunk.hasRemaining()).isFalse();
    }

    @Test
    void less_than_was_asked_for_is_an_error() throws IOException {
        Delivery delivery = delivery(10, 0);
        delivery.accept(ByteBuffer.allocate(9));
        assertThatIOException().isThrownBy(delivery::finish).withMessageContaining("only 9 of the 10 bytes");
    }

    @Test
    void more_than_was_asked_for_is_an_error_as_soon_as_it_comes() throws IOException {
        Delivery delivery = delivery(10, 0);
        delivery.accept(ByteBuffer.allocate(10));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> delivery.accept(ByteBuffer.allocate(1)))
                .withMessageContaining("more than the 10 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99})
    void padding_is_left_out_where_the_length_is_known(int padding) throws IOException {
        byte[] content = random(250);
        Delivery delivery = delivery(250, 99);
        delivery.accept(ByteBuffer.wrap(Arrays.copyOf(content, 250 + padding)));
        delivery.finish();
        assertThat(got.toByteArray()).isEqualTo(content);
    }

    @Test
    void padding_is_kept_where_the_length_is_unknown() throws IOException {
        Delivery delivery = delivery(Long.MAX_VALUE, 99);
        delivery.accept(ByteBuffer.allocate(300));
        delivery.finish();
        assertThat(got.size()).isEqualTo(300);
    }

    @Test
    void what_is_too_long_or_not_zero_is_no_padding() {
        assertThatIOException().isThrownBy(() -> delivery(250, 99).accept(ByteBuffer.allocate(350)));
        assertThatIOException().isThrownBy(() -> delivery(250, 99).accept(ByteBuffer.allocate(300).put(251, (byte) 1)))
                .withMessageContaining("something else behind the 250 bytes");
    }

    @Test
    void an_empty_content_is_delivered_without_a_chunk() throws IOException {
        delivery(0, 0).finish();
        assertThat(chunks).isEmpty();
    }

    private Delivery delivery(long expected, int padding) {
        return new Delivery(chunk -> {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            got.writeBytes(copy);
            chunks.add(copy.length);
        }, expected, padding);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
