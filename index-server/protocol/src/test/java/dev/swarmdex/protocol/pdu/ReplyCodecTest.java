package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.WireText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Replies are the bytes that programs of seed 000 expect, in the order of fields that the config chose. */
class ReplyCodecTest {

    private static final Address ALICE = new Address("192.0.2.7", 8124);
    private static final Address BOB = new Address("192.0.2.8", 9000);

    @Test
    void aReplyIs102BytesPaddedWithNul() {
        ByteBuffer bytes = ReplyCodec.encode(new Reply.Done("welcome"), FieldOrder.PORT_ADDR_NAME).getFirst().encode();
        byte[] expected = new byte[102];
        System.arraycopy("A,welcome".getBytes(StandardCharsets.US_ASCII), 0, expected, 0, 9);
        assertThat(bytes).isEqualByComparingTo(ByteBuffer.wrap(expected));
    }

    @Test
    void shortRepliesAreTheDocuments() {
        assertThat(texts(new Reply.Done(""), FieldOrder.PORT_ADDR_NAME)).containsExactly("A,");
        assertThat(texts(new Reply.Failed(ErrorCode.EXIT), FieldOrder.PORT_ADDR_NAME)).containsExactly("E,1");
        assertThat(texts(new Reply.Failed(ErrorCode.FAILED), FieldOrder.NAME_PORT_ADDR)).containsExactly("E,2");
        assertThat(texts(new Reply.Failed(ErrorCode.NOT_FOUND), FieldOrder.PORT_ADDR_NAME)).containsExactly("E,3");
    }

    @Test
    void aServerIsTheDocumentsOrTheProgramsFields() {
        var found = new Reply.Found("song.mp3", ALICE);
        var located = new Reply.Located("song.mp3", ALICE);
        assertThat(texts(found, FieldOrder.PORT_ADDR_NAME)).containsExactly("S,8124;192.0.2.7;song.mp3");
        assertThat(texts(found, FieldOrder.NAME_PORT_ADDR)).containsExactly("S,song.mp3;8124;192.0.2.7;");
        assertThat(texts(located, FieldOrder.PORT_ADDR_NAME)).containsExactly("D,192.0.2.7;8124");
        assertThat(texts(located, FieldOrder.NAME_PORT_ADDR)).containsExactly("D,song.mp3;8124;192.0.2.7;");
    }

    @Test
    void theDocumentsListGoesServerByServerInPacketsOfFourNames() {
        var listing = new Reply.Listing(List.of(new Reply.Server(ALICE, List.of("a", "b", "c", "d", "e")),
                new Reply.Server(BOB, List.of("f"))));
        assertThat(texts(listing, FieldOrder.PORT_ADDR_NAME)).containsExactly("O,2", "O,192.0.2.7;8124;2",
                "O,0;a;b;c;d", "O,1;e", "O,192.0.2.8;9000;1", "O,0;f");
    }

    @Test
    void theProgramsListGoesFileByFile() {
        var listing = new Reply.Listing(
                List.of(new Reply.Server(ALICE, List.of("a", "b")), new Reply.Server(BOB, List.of("a"))));
        assertThat(texts(listing, FieldOrder.NAME_PORT_ADDR)).containsExactly("O,3", "O,a;8124;192.0.2.7;",
                "O,b;8124;192.0.2.7;", "O,a;9000;192.0.2.8;");
    }

    @Test
    void anEmptyListIsItsCount() {
        assertThat(texts(new Reply.Listing(List.of()), FieldOrder.PORT_ADDR_NAME)).containsExactly("O,0");
        assertThat(texts(new Reply.Listing(List.of()), FieldOrder.NAME_PORT_ADDR)).containsExactly("O,0");
    }

    @Test
    void aPacketOfALongListHasAtMostFourNamesAnd100Bytes_andNoNameIsLost() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            names.add(("%04d" + "é".repeat(i % 11)).formatted(i));
        }
        var listing = new Reply.Listing(List.of(new Reply.Server(ALICE, names)));

        List<Pdu> pdus = ReplyCodec.encode(listing, FieldOrder.PORT_ADDR_NAME);

        assertThat(pdus.get(1).data()).isEqualTo("192.0.2.7;8124;" + (pdus.size() - 2));
        List<String> received = new ArrayList<>();
        for (int packet = 0; packet < pdus.size() - 2; packet++) {
            List<String> fields = List.of(pdus.get(packet + 2).data().split(";", -1));
            assertThat(fields.getFirst()).isEqualTo(Integer.toString(packet));
            assertThat(fields).hasSizeBetween(2, 5);
            received.addAll(fields.subList(1, fields.size()));
        }
        assertThat(received).isEqualTo(names);
        assertThat(pdus).allMatch(pdu -> WireText.utf8Length(pdu.data()) <= 100);
    }

    @Test
    void theLongestNameAndHostFitBothOrders() {
        var longest = new Reply.Found("n".repeat(25), new Address("h".repeat(64), 65_535));
        for (FieldOrder order : FieldOrder.values()) {
            assertThat(ReplyCodec.encode(longest, order)).hasSize(1);
        }
    }

    @Test
    void aMessageIsCutToAPdu() throws MalformedMessageException {
        Pdu pdu = ReplyCodec.encode(new Reply.Done("é\n".repeat(99)), FieldOrder.PORT_ADDR_NAME).getFirst();
        assertThat(pdu.data()).isEqualTo("é ".repeat(33));
        assertThat(Pdu.decode(pdu.encode())).isEqualTo(pdu);
    }

    @Test
    void namesThatTheProtocolCannotCarryAreRefused() {
        assertThatThrownBy(() -> new Reply.Found("a;b", ALICE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reply.Located("n".repeat(26), ALICE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reply.Server(ALICE, List.of("fine", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> texts(Reply reply, FieldOrder order) {
        return ReplyCodec.encode(reply, order).stream().map(pdu -> pdu.type() + "," + pdu.data()).toList();
    }
}
