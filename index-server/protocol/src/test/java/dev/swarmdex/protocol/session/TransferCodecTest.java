package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.session.TransferCodec.Offer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The texts before a transfer are the seed's, and are read however the network chopped them. */
class TransferCodecTest {

    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

    @Test
    void offersAreTheSeedsTexts() {
        assertThat(TransferCodec.encode(new Offer.Specs(1234, MD5))).isEqualTo("1234<SEP>" + MD5);
        assertThat(TransferCodec.encode(new Offer.Unavailable())).isEqualTo("ERROR");
        assertThat(TransferCodec.SPECS_RECEIVED).isEqualTo("File specs received");
        assertThat(TransferCodec.ERROR_RECEIVED).isEqualTo("Error received");
    }

    @Test
    void anOfferIsReadOnceAllOfItIsThere_andNothingBehindIt() throws MalformedMessageException {
        for (Offer offer : new Offer[]{new Offer.Specs(0, MD5), new Offer.Specs(999_999_999_999_999_999L, MD5),
                new Offer.Unavailable()}) {
            String text = TransferCodec.encode(offer);
            for (int length = 0; length < text.length(); length++) {
                ByteBuffer part = ascii(text.substring(0, length));
                assertThat(TransferCodec.offer(part)).isEmpty();
                assertThat(part.position()).isZero();
            }
            ByteBuffer all = ascii(text + "the file");
            assertThat(TransferCodec.offer(all)).contains(offer);
            assertThat(all).isEqualByComparingTo(ascii("the file"));
        }
    }

    @Test
    void anMd5MayComeInCapitals() throws MalformedMessageException {
        assertThat(TransferCodec.offer(ascii("0<SEP>D41D8CD98F00B204E9800998ECF8427E")))
                .contains(new Offer.Specs(0, MD5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "EX", "<SEP>", "-1<SEP>", "12<sep>", "12 ", "1234567890123456789",
            "12<SEP>0123456789abcdef0123456789abcdeg"})
    void anythingElseIsMalformedAsSoonAsThatIsClear(String text) {
        assertThat(catchThrowableOfType(MalformedMessageException.class, () -> TransferCodec.offer(ascii(text))))
                .hasMessageMatching(".*(size|MD5).*");
    }

    @Test
    void aNameIsBare_andMayEndWithANewline() throws MalformedMessageException {
        assertThat(TransferCodec.requestedName("été.txt".getBytes(StandardCharsets.UTF_8))).isEqualTo("été.txt");
        assertThat(TransferCodec.requestedName("a b.txt\r\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("a b.txt");
        for (byte[] bytes : new byte[][]{{}, {'\n'}, {'a', 0}, {(byte) 0xFF}, new byte[1025]}) {
            assertThat(catchThrowableOfType(MalformedMessageException.class, () -> TransferCodec.requestedName(bytes)))
                    .isNotNull();
        }
    }

    @Test
    void impossibleSpecsCannotBeOffered() {
        assertThatThrownBy(() -> new Offer.Specs(-1, MD5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Offer.Specs(1, "d41d")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomAndDamagedBytesAreAnOfferOrMissingSomeOrMalformed() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(22);
        int offers = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = ("1234<SEP>" + MD5).getBytes(StandardCharsets.US_ASCII);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, random.nextInt(4) == 0 ? random.nextInt(41) : 41);
            try {
                offers += TransferCodec.offer(buffer).isPresent() ? 1 : 0;
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(offers).isBetween(1, 99_999);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
