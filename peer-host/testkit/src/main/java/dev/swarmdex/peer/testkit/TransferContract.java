package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.WholeContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a transport offers, and that it arrives as it was. */
abstract class TransferContract extends TransportFixture {

    private static final int PIECE = MemoryContent.PIECE;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 25, 97, 98, 99, 100, 101, 200, 979, 980, 981, 1023, 1024, 1025, 65_535, 65_536, 65_537,
            3_333_333})
    protected void a_content_arrives_as_it_was(int size) throws IOException {
        assumeTrue(size > 0 || can(Ability.TELLS_ABSENCE), "an empty content is no offer");
        byte[] bytes = Transfers.bytes(size);
        SharedContent content = shelf.add(NAME, bytes);
        try (Connection connection = connect()) {
            Offer offer = ask(connection, NAME);
            assertThat(offer.size().isPresent()).isEqualTo(can(Ability.TELLS_SIZE));
            offer.size().ifPresent(told -> assertThat(told).isEqualTo(size));
            assertThat(offer.id()).isEqualTo(can(Ability.CARRIES_IDS) ? Optional.of(content.id()) : Optional.empty());
            assertThat(offer.ranged()).isEqualTo(can(Ability.RANGED));
            assertThat(Transfers.read(offer, 0, size)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 101, 1024, 65_537, 1_000_001})
    protected void all_that_comes_is_the_content_and_at_most_the_padding(int size) throws IOException {
        assumeTrue(size > 0 || can(Ability.TELLS_ABSENCE), "an empty content is no offer");
        byte[] bytes = Transfers.bytes(size);
        shelf.add(NAME, bytes);
        try (Connection connection = connect()) {
            Offer offer = ask(connection, NAME);
            byte[] got = Transfers.read(offer, 0, Long.MAX_VALUE);
            assertThat(got.length).isBetween(size, size + offer.padding());
            assertThat(got).isEqualTo(Arrays.copyOf(bytes, got.length));
        }
    }

    @Test
    protected void a_content_of_nothing_but_zeros_keeps_them() throws IOException {
        shelf.add(NAME, new byte[1111]);
        try (Connection connection = connect()) {
            assertThat(Transfers.read(ask(connection, NAME), 0, 1111)).isEqualTo(new byte[1111]);
        }
    }

    @Test
    protected void what_is_not_on_the_shelf_is_not_offered() throws IOException {
        assumeTrue(can(Ability.TELLS_ABSENCE));
        shelf.add(NAME, Transfers.bytes(FEW));
        try (Connection connection = connect()) {
            for (String name : List.of("b.bin", "A.BIN", "../a.bin", "./a.bin", "/a.bin", "a.bin ")) {
                assertThat(connection.ask(ContentReference.byName(name))).as(name).isEmpty();
            }
            ContentId unknown = ContentId.of("md5", new byte[16]);
            assertThat(connection.ask(ContentReference.byId(unknown))).isEmpty();
        }
    }

    @Test
    protected void a_content_that_left_the_shelf_is_not_offered_any_more() throws IOException {
        assumeTrue(can(Ability.TELLS_ABSENCE));
        shelf.add(NAME, Transfers.bytes(FEW));
        try (Connection connection = connect()) {
            assertThat(connection.ask(ContentReference.byName(NAME))).isPresent();
            shelf.remove(NAME);
            assertThat(connection.ask(ContentReference.byName(NAME))).isEmpty();
        }
    }

    @Test
    protected void a_content_can_be_asked_for_by_its_id_where_the_protocol_carries_ids() throws IOException {
        SharedContent content = shelf.add(NAME, Transfers.bytes(FEW));
        try (Connection connection = connect()) {
            assertThat(connection.ask(ContentReference.byId(content.id())).isPresent())
                    .isEqualTo(can(Ability.CARRIES_IDS));
            assertThat(connection.ask(ContentReference.of(NAME, content.id()))).isPresent();
        }
    }

    @Test
    protected void names_may_have_spaces_and_letters_of_any_language() throws IOException {
        byte[] bytes = Transfers.bytes(FEW);
        shelf.add("é ü.x", bytes);
        try (Connection connection = connect()) {
            assertThat(Transfers.read(ask(connection, "é ü.x"), 0, FEW)).isEqualTo(bytes);
        }
    }

    @Test
    protected void a_name_may_have_full_length_and_a_longer_one_is_not_offered() throws IOException {
        String longest = "n".repeat(longestName());
        byte[] bytes = Transfers.bytes(FEW);
        shelf.add(longest, bytes);
        try (Connection connection = connect()) {
            assertThat(Transfers.read(ask(connection, longest), 0, FEW)).isEqualTo(bytes);
            if (longestName() < ContentReference.LONGEST_NAME) {
                shelf.add(longest + "n", bytes);
                assertThat(connection.ask(ContentReference.byName(longest + "n"))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "299999, 1", "1, 65536", "12345, 200000"})
    protected void any_range_comes_back_exactly(int offset, int length) throws IOException {
        assumeTrue(can(Ability.RANGED));
        byte[] bytes = Transfers.bytes(FEW);
        shelf.add(NAME, bytes);
        try (Connection connection = connect()) {
            assertThat(Transfers.read(ask(connection, NAME), offset, length))
                    .isEqualTo(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    @Test
    protected void small_contents_arrive_as_a_whole_and_those_that_are_not_there_are_told() throws IOException {
        assumeTrue(can(Ability.CARRIES_IDS) && can(Ability.RANGED));
        List<WholeContent> wanted = new ArrayList<>();
        ByteBuffer expected = ByteBuffer.allocate(100 * 100);
        BitSet there = new BitSet();
        for (int i = 0; i < 100; i++) {
            byte[] bytes = Transfers.bytes(i);
            if (i % 10 == 3) {
                wanted.add(new WholeContent(ContentId.of("md5", Arrays.copyOf(new byte[]{(byte) i}, 16)), i));
                bytes = new byte[i];
            } else {
                wanted.add(new WholeContent(shelf.add("small" + i, bytes).id(), i));
                there.set(i);
            }
            expected.put(bytes);
        }
        ByteBuffer target = ByteBuffer.allocate(100 * 100);
        try (Connection connection = connect()) {
            assertThat(connection.readWhole(wanted, target)).isEqualTo(there);
            assertThat(target.position()).isZero();
            assertThat(target.array()).isEqualTo(expected.array());
            shelf.add(NAME, Transfers.bytes(FEW));
            assertThat(Transfers.read(ask(connection, NAME), 0, FEW)).isEqualTo(Transfers.bytes(FEW));
        }
    }

    @Test
    protected void a_content_of_another_size_than_was_asked_for_is_an_error() throws IOException {
        shelf.add(NAME, Transfers.bytes(FEW));
        try (Connection connection = connect()) {
            Offer longer = ask(connection, NAME);
            assertThatIOException().isThrownBy(() -> longer.read(0, FEW + 1, chunk -> {
                chunk.position(chunk.limit());
            }));
            if (!can(Ability.RANGED)) {
                Offer shorter = ask(connection, NAME);
                assertThatIOException().isThrownBy(() -> shorter.read(0, FEW - 100, chunk -> {
                    chunk.position(chunk.limit());
                }));
            }
        }
    }

    @Test
    protected void piece_hashes_come_where_the_protocol_carries_them() throws IOException {
        SharedContent content = shelf.add(NAME, Transfers.bytes(FEW));
        try (Connection connection = connect()) {
            Offer offer = ask(connection, NAME);
            assertThat(offer.pieceHashes(2 * MemoryContent.PIECE)).isEmpty();
            assertThat(offer.pieceHashes(MemoryContent.PIECE)).usingRecursiveComparison().isEqualTo(
                    can(Ability.CARRIES_PIECE_HASHES) ? Optional.of(content.id().digest()) : Optional.empty());
        }
    }

    @Test
    protected void a_content_that_is_not_whole_is_not_offered_by_those_who_can_not_tell_its_pieces()
            throws IOException {
        assumeTrue(!can(Ability.TELLS_PIECES) && can(Ability.TELLS_ABSENCE));
        PartialContent part = shelf.addPartial(NAME, Transfers.bytes(FEW), bits(0, 2));
        try (Connection connection = connect()) {
            assertThat(connection.ask(ContentReference.of(NAME, part.id()))).isEmpty();
        }
    }

    @Test
    protected void the_pieces_of_a_content_that_is_not_whole_are_told_and_sent_as_they_come() throws IOException {
        assumeTrue(can(Ability.TELLS_PIECES));
        byte[] bytes = Transfers.bytes(FEW);
        BitSet there = bits(0, 2);
        PartialContent part = shelf.addPartial(NAME, bytes, there);
        try (Connection connection = connect()) {
            Offer offer = connection.ask(ContentReference.byId(part.id())).orElseThrow();
            assertThat(offer.size()).hasValue(FEW);
            assertThat(offer.id()).contains(part.id());
            assertThat(offer.pieceHashes(PIECE)).contains(part.id().digest());
            assertThat(offer.pieces()).contains(bits(0, 2));
            assertThat(Transfers.read(offer, 2 * PIECE, PIECE))
                    .isEqualTo(Arrays.copyOfRange(bytes, 2 * PIECE, 3 * PIECE));
            assertThatIOException().isThrownBy(() -> Transfers.read(offer, PIECE - 1, 2));

            synchronized (there) {
                there.set(1);
            }
            assertThat(offer.pieces()).contains(bits(0, 1, 2));
            assertThat(Transfers.read(offer, 0, 3 * PIECE)).isEqualTo(Arrays.copyOf(bytes, 3 * PIECE));

            shelf.add(NAME, bytes);
            assertThat(offer.pieces()).isEmpty();
            assertThat(Transfers.read(offer, 0, FEW)).isEqualTo(bytes);
        }
    }

    @Test
    protected void a_content_that_is_whole_says_nothing_of_pieces() throws IOException {
        shelf.add(NAME, Transfers.bytes(FEW));
        try (Connection connection = connect()) {
            assertThat(ask(connection, NAME).pieces()).isEmpty();
        }
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }
}
