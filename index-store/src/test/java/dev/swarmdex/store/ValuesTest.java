package dev.swarmdex.store;

import dev.swarmdex.store.Change.DownloadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What can't be said to a store. */
class ValuesTest {

    private static final Content CONTENT = new Content("one", Optional.empty(), -1);

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000b", "\u0085", "half \ud83d pair", "\udc00\ud83d"})
    void names_of_contents_are_well_formed(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Content(name, Optional.empty(), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Change.Name(name, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Content("one", Optional.of(name), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> presence("native", name, name, List.of()));
    }

    @Test
    void lengths_are_counted_in_bytes() {
        assertThatCode(() -> content("\ud83d\ude00".repeat(256))).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> content("\ud83d\ude00".repeat(256) + "a"))
                .withMessageContaining("1 to 1024 bytes in UTF-8, not 1025");
        assertThatIllegalArgumentException().isThrownBy(() -> content("a".repeat(1025)));
    }

    @Test
    void sizes_are_at_least_minus_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Content("one", Optional.empty(), -2));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, Integer.MAX_VALUE})
    void ports_are_1_to_65535(int port) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("tcp", "host", port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TCP", "1tcp", "tcp:", "a b", "abcdefghijklmnopqrstuvwxyzabcdefg"})
    void schemes_are_short_and_lower_case(String scheme) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint(scheme, "host", 1));
    }

    @Test
    void a_presence_has_a_protocol_and_a_bounded_list_of_endpoints_of_its_own() {
        var endpoints = new ArrayList<>(List.of(new Endpoint("tcp", "host", 1)));
        Presence presence = presence("native", "alice", "alice", endpoints);
        endpoints.clear();

        assertThat(presence.endpoints()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> presence("Native!", "alice", "alice", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> presence("native", "alice", "alice",
                Collections.nCopies(17, new Endpoint("tcp", "host", 1))));
    }

    @Test
    void a_change_has_a_bounded_number_of_items() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new Change.Register(1, Collections.nCopies(Change.MAX_ITEMS + 1, CONTENT)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Change.Deregister(1,
                Collections.nCopies(Change.MAX_ITEMS + 1, new Change.Name("x", Optional.empty())), EndedBy.EXPIRED));
    }

    @Test
    void reports_are_of_possible_downloads() {
        assertThatIllegalArgumentException().isThrownBy(() -> report(-1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> report(0, Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> report(0, Duration.ofDays(10_001)));
        assertThat(report(0, Duration.ofNanos(1_999_999)).took()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void an_identity_keeps_the_digest_of_the_secret_and_shows_neither() {
        Identity identity = Identity.ofSecret("abc");

        assertThat(identity.digest())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(identity).isEqualTo(new Identity(identity.digest())).isNotEqualTo(Identity.ofSecret("abd"));
        assertThat(identity).asString().doesNotContain("ba78");
        assertThat(Identity.ofSecret("")).isEqualTo(Identity.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> new Identity("abc"));
    }

    @Test
    void cursors_are_not_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(0, -1));
    }

    private static Content content(String name) {
        return new Content(name, Optional.empty(), -1);
    }

    private static Presence presence(String via, String key, String peer, List<Endpoint> endpoints) {
        return new Presence(via, key, peer, Identity.NONE, "192.0.2.1", endpoints);
    }

    private static Change.Report report(long bytes, Duration took) {
        return new Change.Report(CONTENT, "alice", "", bytes, took, DownloadResult.FINISHED);
    }
}
