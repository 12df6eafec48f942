package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.address.Addresses;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MembersTest {

    private final Random random = new Random(15);

    private record Address(long high, long low, int port) {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_set_of_members_is_what_a_map_would_be(boolean ipv4) {
        Members members = new Members(ipv4);
        Map<Address, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // grows to hundreds and shrinks to nothing again and again
            Address address = address(ipv4, random.nextInt(1 + i % 20_000 / 20));
            int slot = members.find(address.high, address.low, address.port);
            assertThat(slot != Members.NONE).isEqualTo(expected.containsKey(address));
            if (slot == Members.NONE) {
                int state = random.nextInt(0x10000);
                members.add(address.high, address.low, address.port, state);
                expected.put(address, state);
            } else if (random.nextBoolean()) {
                assertThat(members.state(slot)).isEqualTo(expected.get(address));
                members.state(slot, i & State.MASK);
                expected.put(address, i & State.MASK);
            } else {
                members.remove(slot);
                expected.remove(address);
                if (random.nextInt(10) == 0) {
                    members.trim();
                }
            }
            assertThat(members.size()).isEqualTo(expected.size());
        }
        Map<Address, Integer> found = new HashMap<>();
        for (int slot = 0; slot < members.capacity(); slot++) {
            if (!members.isFree(slot)) {
                found.put(new Address(members.high(slot), members.low(slot), members.port(slot)),
                        members.state(slot));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everybody_is_handed_out_once_but_for_who_asks_and_whose_lease_is_over(boolean ipv4) {
        Members members = new Members(ipv4);
        for (int i = 0; i < 100; i++) {
            Address address = address(ipv4, i);
            members.add(address.high, address.low, address.port, State.renewed(0, i < 10 ? 1 : 2000));
        }
        Address asking = address(ipv4, 50);
        Question question = new Question().member(asking.high, asking.low, asking.port);
        for (int round = 0; round < 50; round++) {
            Set<Address> handedOut = new HashSet<>();
            int count = members.handOut(1000, random.nextInt(), 2000, question,
                    (high, low, port) -> handedOut.add(new Address(high, low, port)));
            assertThat(count).isEqualTo(89).isEqualTo(handedOut.size());
            assertThat(handedOut).doesNotContain(asking, address(ipv4, 3));
        }
    }

    @Test
    void who_is_handed_out_is_random_and_nobody_is_favoured() {
        Members members = new Members(true);
        for (int i = 0; i < 1000; i++) {
            members.add(0, Addresses.mapped(i), 1, 0);
        }
        int[] times = new int[1000];
        Question nobody = new Question().member(0, Addresses.mapped(5000), 1);
        for (int round = 0; round < 20_000; round++) {
            assertThat(members.handOut(50, random.nextInt(), 0, nobody, (_, low, _) -> times[(int) low & 0xFFFF]++))
                    .isEqualTo(50);
        }
        // 1000 on average
        assertThat(Arrays.stream(times).boxed()).allSatisfy(count -> assertThat(count).isBetween(700, 1300));
    }

    @Test
    void an_ipv4_member_takes_less_than_nineteen_bytes_of_a_table() {
        Members members = new Members(true);
        for (int i = 0; i < 100_000; i++) {
            members.add(0, Addresses.mapped(i), 1, 0);
            if (i > 8) {
                assertThat((double) members.capacity() * Long.BYTES / members.size()).isLessThan(19);
            }
        }
        for (int i = 0; i < 100_000; i++) {
            members.remove(members.find(0, Addresses.mapped(i), 1));
            members.trim();
        }
        assertThat(members.capacity()).isEqualTo(2);
    }

    private static Address address(boolean ipv4, int number) {
        return ipv4
                ? new Address(0, Addresses.mapped(0x0A00_0000L + number / 3), 6881 + number % 3)
                : new Address(0x2001_0db8_0000_0000L + number / 7, number / 3, 6881 + number % 3);
    }
}
