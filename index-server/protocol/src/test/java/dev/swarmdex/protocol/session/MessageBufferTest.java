package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What programs write at once, and what people end with a newline, are messages. */
class MessageBufferTest {

    private final MessageBuffer buffer = new MessageBuffer();

    @Test
    void eachReadIsAMessage() throws MalformedMessageException {
        assertThat(buffer.add(bytes("register 5000"))).containsExactly("register 5000");
        assertThat(buffer.add(bytes("a.txt b.txt"))).containsExactly("a.txt b.txt");
        assertThat(buffer.add(bytes(""))).isEmpty();
    }

    @Test
    void aReadOfLinesIsAMessageForEach() throws MalformedMessageException {
        assertThat(buffer.add(bytes("register 5000\na.txt b.txt\r\n"))).containsExactly("register 5000", "a.txt b.txt");
        assertThat(buffer.add(bytes("\n"))).containsExactly("");
    }

    @Test
    void whoeverEndsMessagesWithANewlineIsWaitedFor() throws MalformedMessageException {
        assertThat(buffer.add(bytes("update\nget_fi"))).containsExactly("update");
        assertThat(buffer.add(bytes("les_list"))).isEmpty();
        assertThat(buffer.flush()).isEmpty();
        assertThat(buffer.add(bytes("\n"))).containsExactly("get_files_list");
    }

    @Test
    void aMessageOfSeveralChunksIsPutTogether() throws MalformedMessageException {
        String names = "0123456 ".repeat(300);
        assertThat(buffer.add(bytes(names.substring(0, 1024)))).isEmpty();
        assertThat(buffer.add(bytes(names.substring(1024, 2048)))).isEmpty();
        assertThat(buffer.add(bytes(names.substring(2048)))).containsExactly(names);
    }

    @Test
    void aMessageThatEndsWithAFullChunkIsThereWhenAskedFor() throws MalformedMessageException {
        String names = "0123456 ".repeat(128);
        assertThat(buffer.add(bytes(names))).isEmpty();
        assertThat(buffer.flush()).contains(names);
        assertThat(buffer.flush()).isEmpty();
    }

    @Test
    void aMessageWithoutEndIsRefusedBeforeItFillsTheMemory() throws MalformedMessageException {
        ByteBuffer chunk = ByteBuffer.allocate(1024);
        for (int i = 0; i < MessageBuffer.LONGEST / 1024; i++) {
            assertThat(buffer.add(chunk.rewind())).isEmpty();
        }
        assertThatThrownBy(() -> buffer.add(chunk.rewind())).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("longer than");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
