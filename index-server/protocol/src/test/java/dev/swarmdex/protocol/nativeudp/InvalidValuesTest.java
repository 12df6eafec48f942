package dev.swarmdex.protocol.nativeudp;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An invalid value can't be constructed, and the exception says why. */
class InvalidValuesTest {

    private static final PeerIdentity ALICE = new PeerIdentity("alice", "0".repeat(32));
    private static final Endpoint TCP = new Endpoint("tcp", "192.0.2.1", 7118);

    @Test
    void aNameHas1To512BytesOfUtf8() {
        refused("content name takes 0 bytes", () -> named(""));
        refused("content name takes 513 bytes", () -> named("x".repeat(513)));
        refused("content name takes 514 bytes", () -> named("é".repeat(257)));
        fine(() -> named("é".repeat(256)));
        refused("content name takes 0 bytes", () -> new Name("", Optional.empty()));
        refused("content name takes 0 bytes", () -> new Request.SearchName("", Cursor.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "a\nb", "\u001B[31m", "\u007F", "\u0085", "\u009B"})
    void aNameHasNoControlCharacters(String name) {
        refused("control character", () -> named(name));
        refused("control character", () -> new PeerIdentity(name, "0".repeat(32)));
        refused("control character", () -> new Request.SearchWords(List.of(name), Cursor.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83E", "\uDD80", "\uDD80\uD83E", "x\uD83Ex"})
    void aNameHasNoHalfSurrogatePairs(String name) {
        refused("half a surrogate pair", () -> named(name));
    }

    @Test
    void aSizeIsAtLeastMinusOne() {
        fine(() -> new Content("x", Optional.empty(), -1));
        refused("size is -2", () -> new Content("x", Optional.empty(), -2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "abc", ":00112233445566778899aabbccddeeff", "A:00112233445566778899aabbccddeeff",
            "sha_1:00112233445566778899aabbccddeeff",
            "abcdefghijklmnopqrstuvwxyz1234567:00112233445566778899aabbccddeeff"})
    void aContentIdStartsWithAnAlgorithm(String id) {
        refused("content id must start with an algorithm", () -> new Content("x", Optional.of(id), 0));
        refused("content id must start with an algorithm", () -> new Request.SearchId(id, Cursor.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00112233445566778899aabbccddee", "00112233445566778899aabbccddeef",
            "00112233445566778899AABBCCDDEEFF", "00112233445566778899aabbccddeefg", "00112233445566778899aabbccddee: "})
    void aContentIdEndsWithADigest(String digest) {
        refused("content id must end with a digest", () -> new Name("x", Optional.of("sha256:" + digest)));
    }

    @Test
    void aDigestHasAtMost64Bytes() {
        fine(() -> new Request.SearchId("a:" + "00".repeat(64), Cursor.NONE));
        refused("digest of 16 to 64 bytes", () -> new Request.SearchId("a:" + "00".repeat(65), Cursor.NONE));
    }

    @Test
    void aPeerNameHas1To64BytesWithoutSlashAndSemicolon() {
        refused("peer name takes 0 bytes", () -> new PeerIdentity("", "0".repeat(32)));
        refused("peer name takes 65 bytes", () -> new PeerIdentity("x".repeat(65), "0".repeat(32)));
        refused("/ or ;", () -> new PeerIdentity("a/b", "0".repeat(32)));
        refused("/ or ;", () -> new PeerIdentity("a;b", "0".repeat(32)));
        refused("/ or ;", () -> new Source("a;b", Instant.EPOCH, List.of(TCP)));
        refused("/ or ;", () -> new Reply.Peer("a/b", List.of(TCP)));
        refused("/ or ;", () -> report(Optional.of("a/b"), 0, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF",
            "0123456789abcdef0123456789abcdefa"})
    void aSecretIs32HexDigits(String secret) {
        refused("32 lower-case hex digits", () -> new PeerIdentity("alice", secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1tcp", "TCP", "tcp:", "t_p", "abcdefghijklmnopq", "tcp\n"})
    void aSchemeIsALetterAndAtMost15Others(String scheme) {
        refused("scheme must be", () -> new Endpoint(scheme, "h", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "[::1]", "a/b", "ä", "h\n"})
    void aHostHasNoOtherCharacters(String host) {
        refused("host must be", () -> new Endpoint("tcp", host, 1));
    }

    @Test
    void aHostHasAtMost255Characters() {
        fine(() -> new Endpoint("tcp", "h".repeat(255), 1));
        refused("host must be", () -> new Endpoint("tcp", "h".repeat(256), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, 70_000})
    void aPortIs1To65535(int port) {
        refused("port is " + port, () -> new Endpoint("tcp", "h", port));
    }

    @Test
    void aPeerHas1To8EndpointsOfAtMost472Bytes() {
        refused("1 to 8 endpoints", () -> keepAlive(List.of(), 0));
        refused("1 to 8 endpoints", () -> keepAlive(Collections.nCopies(9, TCP), 0));
        Endpoint wide = new Endpoint("tcp", "h".repeat(111), 1);
        fine(() -> keepAlive(Collections.nCopies(4, wide), 0));
        refused("473 bytes", () -> keepAlive(List.of(wide, wide, wide, new Endpoint("tcp", "h".repeat(112), 1)), 0));
    }

    @Test
    void anEmptyHostCountsAsTheAddressThatWillTakeItsPlace() {
        Endpoint own = new Endpoint("abcdefghijklmnop", "", 1);
        fine(() -> keepAlive(Collections.nCopies(8, own), 0));
        Endpoint wide = new Endpoint("tcp", "h".repeat(213), 1);
        fine(() -> keepAlive(List.of(wide, new Endpoint("tcp", "h".repeat(199), 1), new Endpoint("tcp", "", 1)), 0));
        refused("484 bytes", () -> keepAlive(List.of(wide, wide, new Endpoint("t", "", 1)), 0));
    }

    @Test
    void anEndpointInAReplyHasAHost() {
        Endpoint own = new Endpoint("tcp", "", 1);
        refused("needs a host", () -> new Source("bob", Instant.EPOCH, List.of(own)));
        refused("needs a host", () -> new Reply.Peer("bob", List.of(own)));
    }

    @Test
    void aSearchHas1To8WordsOf1To64Bytes() {
        refused("1 to 8 words", () -> new Request.SearchWords(List.of(), Cursor.NONE));
        refused("1 to 8 words", () -> new Request.SearchWords(Collections.nCopies(9, "x"), Cursor.NONE));
        refused("word takes 0 bytes", () -> new Request.SearchWords(List.of(""), Cursor.NONE));
        refused("word takes 65 bytes", () -> new Request.SearchWords(List.of("x".repeat(65)), Cursor.NONE));
    }

    @Test
    void countsAndTimesAreNotNegative() {
        refused("mappings is -1", () -> keepAlive(List.of(TCP), -1));
        refused("a load of -1", () -> new Load(-1, 0));
        refused("a load of 0 uploads at -1", () -> new Load(0, -1));
        refused("bytes are -1", () -> report(Optional.empty(), -1, Duration.ZERO));
        refused("duration", () -> report(Optional.empty(), 0, Duration.ofMillis(-1)));
        refused("duration", () -> report(Optional.empty(), 0, Duration.ofDays(50)));
        refused("since", () -> new Source("bob", Instant.ofEpochMilli(-1), List.of(TCP)));
        refused("since", () -> new Source("bob", Instant.MAX, List.of(TCP)));
        refused("lease", () -> new Reply.Alive(Duration.ZERO, true));
        refused("lease", () -> new Reply.Alive(Duration.ofDays(50), true));
        refused("wait", () -> new Reply.Refused(Reply.Reason.BUSY, Duration.ofMillis(-1), "no"));
    }

    @Test
    void aLoadAboveWhatTheWireCarriesCountsAsTheMostThatItCarries() {
        assertThat(new Load(70_000, Long.MAX_VALUE)).isEqualTo(new Load(65_535, 4_294_967_295_000L));
        assertThat(new Load(1, 1_999).bytesPerSecond()).isEqualTo(1_000);
    }

    @Test
    void whatMustHoldSomethingIsNotEmpty() {
        refused("at least one content", () -> new Request.Register(ALICE, List.of()));
        refused("1 to 255 sources", () -> new Listing(new Content("x", Optional.empty(), 0), List.of()));
    }

    private static Content named(String name) {
        return new Content(name, Optional.empty(), 0);
    }

    private static Request keepAlive(List<Endpoint> endpoints, int mappings) {
        return new Request.KeepAlive(ALICE, endpoints, mappings, 0);
    }

    private static Request report(Optional<String> source, long bytes, Duration took) {
        return new Request.Report(ALICE, named("x"), source, bytes, took, Request.Result.FINISHED);
    }

    private static void refused(String reason, ThrowingCallable construction) {
        assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
    }

    private static void fine(ThrowingCallable construction) {
        assertThatCode(construction).doesNotThrowAnyException();
    }
}
