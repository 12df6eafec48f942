package dev.swarmdex.server.frontend;

import dev.swarmdex.server.frontend.Offenders.Offence;
import dev.swarmdex.server.frontend.Offenders.Offender;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OffendersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Offenders offenders = new Offenders(() -> NOW);

    @Test
    void offences_are_counted_by_address_and_kind() {
        TestSender alice = TestSender.of("192.0.2.1");
        TestSender bob = TestSender.of("2001:db8::1");
        offenders.record(alice, Offence.MALFORMED);
        offenders.record(bob, Offence.OVER_LIMIT);
        offenders.record(bob, Offence.OVER_LIMIT);
        offenders.record(bob, Offence.UNPROVEN);
        assertThat(offenders.worst(10)).containsExactly(
                new Offender(InetAddress.ofLiteral("2001:db8::1"), 0, 2, 1, 0, NOW),
                new Offender(InetAddress.ofLiteral("192.0.2.1"), 1, 0, 0, 0, NOW));
        assertThat(offenders.worst(1)).hasSize(1);
    }

    @Test
    void the_worst_are_found_among_millions_of_forged_addresses() {
        Random random = new Random(1);
        TestSender worst = TestSender.of("192.0.2.1");
        TestSender second = TestSender.of("192.0.2.2");
        for (int i = 0; i < 1_000_000; i++) {
            offenders.record(TestSender.number(random.nextInt()), Offence.MALFORMED);
            if (i % 50 == 0) {
                offenders.record(worst, Offence.MALFORMED);
            }
            if (i % 100 == 0) {
                offenders.record(second, Offence.OVER_LIMIT);
            }
        }
        List<Offender> found = offenders.worst(Offenders.KEPT);
        assertThat(found).hasSize(Offenders.KEPT);
        assertThat(found.subList(0, 2)).extracting(Offender::address)
                .containsExactly(worst.address().getAddress(), second.address().getAddress());
        // never too few, and wrong by no more than what is said
        assertThat(found.getFirst().sum()).isBetween(20_000L, 20_000L + found.getFirst().overcount());
    }
}
