package dev.swarmdex.server.frontend;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.listen.Sender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionIdsTest {

    private static final Sender ALICE = sender(InetAddress.ofLiteral("192.0.2.1"), 5000);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final FakeTime time = new FakeTime();
    private final ConnectionIds ids = new ConnectionIds(time, new SecureRandom());

    @Test
    void an_id_is_good_for_the_address_it_was_issued_to() {
        assertThat(ids.isValid(ids.issue(ALICE), ALICE)).isTrue();
        Sender six = sender(InetAddress.ofLiteral("2001:db8::1"), 5000);
        assertThat(ids.isValid(ids.issue(six), six)).isTrue();
    }

    @Test
    void an_id_is_good_for_no_other_address_or_port() {
        long id = ids.issue(ALICE);
        assertThat(ids.isValid(id, sender(InetAddress.ofLiteral("192.0.2.2"), 5000))).isFalse();
        assertThat(ids.isValid(id, sender(InetAddress.ofLiteral("192.0.2.1"), 5001))).isFalse();
        assertThat(ids.isValid(id, sender(InetAddress.ofLiteral("::ffff:c000:0201"), 5001))).isFalse();
    }

    @Test
    void no_bit_of_an_id_may_differ() {
        long id = ids.issue(ALICE);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(ids.isValid(id ^ 1L << bit, ALICE)).as("bit " + bit).isFalse();
        }
        assertThat(ids.isValid(0, ALICE)).isFalse();
    }

    @Test
    void an_id_from_the_start_of_a_slot_is_good_for_four_minutes() {
        long id = ids.issue(ALICE);
        time.pass(ConnectionIds.SLOT.multipliedBy(2).minus(MOMENT));
        assertThat(ids.isValid(id, ALICE)).isTrue();
        time.pass(MOMENT);
        assertThat(ids.isValid(id, ALICE)).isFalse();
    }

    @Test
    void an_id_from_the_end_of_a_slot_is_good_for_two_minutes() {
        time.pass(ConnectionIds.SLOT.minus(MOMENT));
        long id = ids.issue(ALICE);
        time.pass(ConnectionIds.SLOT);
        assertThat(ids.isValid(id, ALICE)).isTrue();
        time.pass(MOMENT);
        assertThat(ids.isValid(id, ALICE)).isFalse();
    }

    @Test
    void an_id_does_not_come_back_after_256_slots() {
        long id = ids.issue(ALICE);
        time.pass(ConnectionIds.SLOT.multipliedBy(256));
        assertThat(ids.isValid(id, ALICE)).isFalse();
    }

    @Test
    void another_server_issues_other_ids() {
        assertThat(new ConnectionIds(time, new SecureRandom()).isValid(ids.issue(ALICE), ALICE)).isFalse();
    }

    private static Sender sender(InetAddress address, int port) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        if (address.getAddress().length == 4) {
            bytes.position(10).putShort((short) -1);
        }
        bytes.put(address.getAddress());
        return new Known(new InetSocketAddress(address, port), bytes.getLong(0), bytes.getLong(8));
    }

    /** A sender of whom only the address is asked. */
    private record Known(InetSocketAddress address, long addressHigh, long addressLow) implements Sender {

        @Override
        public int port() {
            return address.getPort();
        }

        @Override
        public void reply(ByteBuffer datagram) {
            throw new AssertionError("nobody replies here");
        }

        @Override
        public Later later() {
            return this::reply;
        }
    }
}
