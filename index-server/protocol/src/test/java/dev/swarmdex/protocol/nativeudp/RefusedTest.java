package dev.swarmdex.protocol.nativeudp;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Telling an error never fails, and never sends more than was asked for. */
class RefusedTest {

    @Test
    void noRefusalIsLargerThanTheRequestItAnswers() {
        var refused = new Reply.Refused(Reply.Reason.STALE_CONNECTION,
                "中文é🦀 the connection id is too old; send H again");
        for (int size = Limits.REQUEST_HEADER; size < 100; size++) {
            Reply.Refused fitted = refused.fitting(size);
            assertThat(ReplyCodec.encode(new ReplyPacket(1, fitted)).remaining()).isLessThanOrEqualTo(size);
            assertThat(refused.message()).startsWith(fitted.message());
        }
        assertThat(refused.fitting(100)).isEqualTo(refused);
    }

    @Test
    void aMessageIsCutAtACharacter() {
        assertThat(new Reply.Refused(Reply.Reason.BUSY, "é🦀x").fitting(13 + 5).message()).isEqualTo("é");
        assertThat(new Reply.Refused(Reply.Reason.BUSY, "é🦀x").fitting(13 + 6).message()).isEqualTo("é🦀");
    }

    @Test
    void anyMessageBecomesOnePrintableLineOfAtMost400Bytes() {
        assertThat(new Reply.Refused(Reply.Reason.BUSY, "a\nb\u0000c\u009Bd\uD800e").message()).isEqualTo("a b c d?e");
        assertThat(new Reply.Refused(Reply.Reason.BUSY, "x".repeat(1_000)).message()).hasSize(400);
    }

    @Test
    void aRefusalNeedsRoomForItsFields() {
        var refused = new Reply.Refused(Reply.Reason.BUSY, Duration.ofSeconds(1), "busy");
        assertThat(refused.fitting(13).message()).isEmpty();
        assertThatThrownBy(() -> refused.fitting(12)).isInstanceOf(IllegalArgumentException.class);
    }
}
