package dev.swarmdex.server.frontend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SipHashTest {

    @Test
    void it_gives_the_hash_of_24_bytes_that_its_authors_published() {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) i);
        }
        SipHash keyed = new SipHash(bytes.getLong(0), bytes.getLong(8));

        assertThat(keyed.of(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16))).isEqualTo(0xb8ad50c6f649af94L);
    }

    @Test
    void another_key_gives_another_hash() {
        assertThat(new SipHash(1, 2).of(3, 4, 5)).isNotEqualTo(new SipHash(2, 1).of(3, 4, 5));
    }
}
