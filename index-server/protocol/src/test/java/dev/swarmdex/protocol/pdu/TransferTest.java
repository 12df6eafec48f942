package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.pdu.TransferCodec.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A file goes through packets of both forms, whatever its bytes and its size. */
class TransferTest {

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(8124);

    @Test
    void aTransferStartsWithTheDocumentsPdus() throws MalformedMessageException {
        assertThat(TransferCodec.request("song.mp3")).isEqualTo(new Pdu('D', "song.mp3"));
        assertThat(TransferCodec.encode(new Answer.Packets(12))).isEqualTo(new Pdu('C', "12"));
        assertThat(TransferCodec.encode(new Answer.Failed(ErrorCode.NOT_FOUND))).isEqualTo(new Pdu('E', "3"));
        assertThat(TransferCodec.ready()).isEqualTo(new Pdu('A', ""));
        assertThat(TransferCodec.requestedName(new Pdu('D', "song.mp3"))).isEqualTo("song.mp3");
        assertThat(TransferCodec.requestedName(new Pdu('C', "song.mp3;"))).isEqualTo("song.mp3");
        assertThat(TransferCodec.answer(new Pdu('C', "12"))).isEqualTo(new Answer.Packets(12));
        assertThat(TransferCodec.answer(new Pdu('E', "3"))).isEqualTo(new Answer.Failed(ErrorCode.NOT_FOUND));
    }

    @Test
    void aClientTakesThePacketsWithAnA() throws MalformedMessageException {
        TransferCodec.checkReady(TransferCodec.ready());
        TransferCodec.checkReady(new Pdu('A', "thanks"));
        assertThat(catchThrowableOfType(MalformedMessageException.class,
                () -> TransferCodec.checkReady(new Pdu('E', "2")))).hasMessageContaining("not E");
    }

    @Test
    void anythingElseIsMalformed() {
        for (Pdu pdu : new Pdu[]{new Pdu('A', ""), new Pdu('C', ""), new Pdu('C', "-1"), new Pdu('C', "x"),
                new Pdu('C', "1234567890123456789"), new Pdu('E', ""), new Pdu('E', "4")}) {
            assertThat(catchThrowableOfType(MalformedMessageException.class, () -> TransferCodec.answer(pdu)))
                    .isNotNull();
        }
        for (Pdu pdu : new Pdu[]{new Pdu('S', "x"), new Pdu('D', ""), new Pdu('D', "a;b"),
                new Pdu('D', "n".repeat(26))}) {
            assertThat(catchThrowableOfType(MalformedMessageException.class, () -> TransferCodec.requestedName(pdu)))
                    .isNotNull();
        }
    }

    @Test
    void packetsAreTheDocumentsBytes() {
        ByteBuffer content = ascii("x".repeat(98) + "y".repeat(98) + "z");
        assertThat(TransferForm.DOCUMENT.packet(0, content)).isEqualByComparingTo(ascii("C,0;" + "x".repeat(98)));
        assertThat(TransferForm.DOCUMENT.packet(1, content)).isEqualByComparingTo(ascii("C,1;" + "y".repeat(98)));
        assertThat(TransferForm.DOCUMENT.packet(2, content)).isEqualByComparingTo(ascii("C,2;z"));
    }

    @Test
    void packetsAreTheProgramsBytes() {
        ByteBuffer content = ascii("x".repeat(100) + "y");
        assertThat(TransferForm.PROGRAM.packet(0, content)).isEqualByComparingTo(ascii("C," + "x".repeat(100)));
        assertThat(TransferForm.PROGRAM.packet(1, content)).isEqualByComparingTo(ascii("C,y"));
    }

    @ParameterizedTest
    @EnumSource
    void anyFileArrivesAsItWas(TransferForm form) throws MalformedMessageException {
        for (int size : new int[]{0, 1, 97, 98, 99, 100, 101, 200, 979, 980, 981, 9_710, 9_711, 100_000, 1_000_000}) {
            byte[] file = new byte[size];
            random.nextBytes(file);
            ByteBuffer content = ByteBuffer.wrap(file);
            ByteBuffer received = ByteBuffer.allocate(size);
            long packets = form.packets(size);
            for (long packet = 0; packet < packets; packet++) {
                ByteBuffer bytes = form.packet(packet, content);
                assertThat(bytes.remaining()).isBetween(form.start(packet).length() + 1, Pdu.SIZE);
                assertThat(bytes.remaining() == Pdu.SIZE || packet == packets - 1).isTrue();
                received.put(form.content(packet, bytes));
            }
            assertThat(content.hasRemaining()).isFalse();
            assertThat(received.array()).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePacketsOfTheLargestFileAreCountedAtOnce(TransferForm form) {
        long packets = form.packets(Long.MAX_VALUE);
        assertThat(packets).isBetween(Long.MAX_VALUE / 100, Long.MAX_VALUE / 79);
        assertThatThrownBy(() -> form.packets(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void packetsMayBeCountedFromOne() throws MalformedMessageException {
        assertThat(TransferForm.DOCUMENT.content(0, ascii("C,1;abc"))).isEqualByComparingTo(ascii("abc"));
        assertThat(TransferForm.DOCUMENT.content(9, ascii("C,10;;bc"))).isEqualByComparingTo(ascii(";bc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "C,", "C,5", "C,abc", "C,;abc", "C,4;abc", "C,7;abc", "C,-5;abc", "D,5;abc",
            "C;5;abc"})
    void apartFromThatOnlyTheRightPacketWillDo(String packet) {
        assertThat(catchThrowableOfType(MalformedMessageException.class,
                () -> TransferForm.DOCUMENT.content(5, ascii(packet)))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void aPacketOf103BytesIsMalformed(TransferForm form) {
        assertThat(catchThrowableOfType(MalformedMessageException.class,
                () -> form.content(0, ascii("C,0;" + "x".repeat(99))))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void randomBytesAreAPacketOrMalformed(TransferForm form) {
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(110)];
            random.nextBytes(bytes);
            if (bytes.length > 4) {
                System.arraycopy(new byte[]{'C', ',', '0', ';'}, 0, bytes, 0, random.nextInt(5));
            }
            try {
                assertThat(form.content(0, ByteBuffer.wrap(bytes)).remaining()).isBetween(0, 100);
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
