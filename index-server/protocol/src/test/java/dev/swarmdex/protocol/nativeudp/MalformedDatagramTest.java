package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException.Fault;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is not a message of this version is told from what is none at all, and the reason can be read. */
class MalformedDatagramTest {

    private static final String HEADER = "00000007 0000000000000001";
    private static final String PEER = "01 61 000102030405060708090a0b0c0d0e0f";
    private static final String CURSOR = "0000000000000000 0000000000000000";

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "01 48 00000007 00000000000000", "00 48 " + HEADER, "10 48 " + HEADER,
            "ff 48 " + HEADER, "01 00 " + HEADER, "01 68 " + HEADER, "01 40 " + HEADER, "01 5b " + HEADER,
            "01 c8 " + HEADER,
            "52 383132342c78000000000000000000", "00000417 27101980 00000000 00000001"})
    void whatIsNotOursIsForeign(String bytes) {
        assertThat(request(bytes).fault()).isEqualTo(Fault.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"41", "45"})
    void aReplySentToAServerIsForeign_soThatServersNeverAnswerEachOther(String type) {
        assertThat(request("01" + type + HEADER).fault()).isEqualTo(Fault.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 48 ", "0f 5a "})
    void anotherVersionIsNamedWithTheRequestIdToAnswer(String start) {
        MalformedPacketException malformed = request(start + HEADER);
        assertThat(malformed.fault()).isEqualTo(Fault.VERSION);
        assertThat(malformed.requestId()).isEqualTo(7);
        assertThat(malformed).hasMessageContaining("is not spoken here, use version 1");
    }

    @Test
    void anUnknownTypeIsMalformed() {
        assertMalformed(request("01 58 " + HEADER), "there is no request of type X");
        assertMalformed(reply("01 52 00000007"), "there is no reply of type R");
    }

    @Test
    void aDatagramOfMoreThan1200BytesIsMalformed() {
        assertMalformed(request("01 48 " + HEADER + "00".repeat(1200 - 13)), "1201 bytes is too long");
        assertMalformed(reply("01 48 00000007" + "00".repeat(1200 - 5)), "1201 bytes is too long");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "content name takes 0 bytes    | 53 | 01 " + CURSOR + " 0000",
            "content name takes 513 bytes  | 53 | 01 " + CURSOR + " 0201 LONG",
            "control character             | 53 | 01 " + CURSOR + " 0001 0a",
            "not UTF-8                     | 53 | 01 " + CURSOR + " 0001 ff",
            "not UTF-8                     | 53 | 01 " + CURSOR + " 0002 c080",
            "not UTF-8                     | 53 | 01 " + CURSOR + " 0003 eda080",
            "not UTF-8                     | 53 | 01 " + CURSOR + " 0002 e4b8",
            "ends in the middle            | 53 | 01 " + CURSOR + " 0002 61",
            "unknown kind of search 0      | 53 | 00 " + CURSOR + " 0001 61",
            "unknown kind of search 4      | 53 | 04 " + CURSOR + " 0001 61",
            "a content id is missing       | 53 | 02 " + CURSOR + " 00",
            "must start with an algorithm  | 53 | 02 " + CURSOR + " 01 41 10 000102030405060708090a0b0c0d0e0f",
            "digest of 16 to 64 bytes      | 53 | 02 " + CURSOR + " 01 61 0f 000102030405060708090a0b0c0d0e",
            "1 to 8 words                  | 53 | 03 " + CURSOR + " 00",
            "1 to 8 words                  | 53 | 03 " + CURSOR + " 09 0161 0161 0161 0161 0161 0161 0161 0161 0161",
            "ends in the middle            | 53 | 03 " + CURSOR + " ff 0161",
            "word takes 0 bytes            | 53 | 03 " + CURSOR + " 01 00",
            "unknown kind of list 3        | 4f | 03 " + CURSOR,
            "peer name takes 0 bytes       | 54 | 00 000102030405060708090a0b0c0d0e0f 0000",
            "peer name must not contain    | 54 | 01 2f 000102030405060708090a0b0c0d0e0f 0000",
            "ends in the middle            | 54 | " + PEER + " ffff 0001 61 00",
            "at least one content          | 52 | " + PEER + " 0000",
            "size is -2                    | 52 | " + PEER + " 0001 0001 61 00 fffffffffffffffe",
            "1 to 8 endpoints              | 4b | " + PEER + " 00 00000000 0000000000000000 00",
            "port is 0                     | 4b | " + PEER + " 01 03746370 00 0000 00000000 0000000000000000",
            "scheme must be                | 4b | " + PEER + " 01 03544350 00 0001 00000000 0000000000000000",
            "host must be                  | 4b | " + PEER + " 01 03746370 0120 0001 00000000 0000000000000000",
            "mappings is -1                | 4b | " + PEER + " 01 03746370 00 0001 ffffffff 0000000000000000 00",
            "a flag is 2                   | 4b | " + PEER + " 01 03746370 00 0001 00000000 0000000000000000 02",
            "ends in the middle            | 4b | " + PEER + " 01 03746370 00 0001 00000000 0000000000000000 01 0001",
            "ends in the middle            | 48 | 00",
            "unknown result 3              | 44 | " + PEER
                    + " 0001 61 00 0000000000000000 00 0000000000000000 00000000 03",
            "bytes are -1                  | 44 | " + PEER
                    + " 0001 61 00 0000000000000000 00 ffffffffffffffff 00000000 00"})
    void aRequestThatBreaksARuleIsMalformed(String reason, String type, String fields) {
        assertMalformed(request("01" + type + HEADER + fields.replace("LONG", "61".repeat(513))), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "lease                   | 4b | 00000000 01",
            "a flag is 2             | 4b | 00000001 02",
            "unknown outcome 4       | 41 | 0001 04",
            "ends in the middle      | 41 | ffff 00",
            "unknown reason 0        | 45 | 00 00000000 0000",
            "unknown reason 8        | 45 | 08 00000000 0000",
            "not UTF-8               | 45 | 01 00000000 0001 80",
            "1 to 255 sources        | 53 | " + CURSOR + " 0001 0001 61 00 0000000000000000 00",
            "needs a host            | 4f | " + CURSOR + " 0001 0161 01 03746370 00 0001",
            "since                   | 53 | " + CURSOR
                    + " 0001 0001 61 00 0000000000000000 01 0161 8000000000000000 01 037463700161000100"})
    void aReplyThatBreaksARuleIsMalformed(String reason, String type, String fields) {
        assertMalformed(reply("01" + type + "00000007" + fields), reason);
    }

    private static void assertMalformed(MalformedPacketException malformed, String reason) {
        assertThat(malformed).hasMessageContaining(reason);
        assertThat(malformed.fault()).isEqualTo(Fault.MALFORMED);
        assertThat(malformed.requestId()).isEqualTo(7);
    }

    private static MalformedPacketException request(String hex) {
        return catchThrowableOfType(MalformedPacketException.class, () -> RequestCodec.decode(bytes(hex)));
    }

    private static MalformedPacketException reply(String hex) {
        return catchThrowableOfType(MalformedPacketException.class, () -> ReplyCodec.decode(bytes(hex)));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }
}
