package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficTest {

    private final Watched film = new Watched();
    private final Traffic traffic = new Traffic(_ -> Optional.of(film));

    /** Tells what the traffic says while the content is sent and while it is read. */
    private final class Watched implements SharedContent {

        private boolean quietWhileSent = true;
        private boolean quietWhileRead = true;

        @Override
        public String name() {
            return "film";
        }

        @Override
        public ContentId id() {
            return ContentId.of("md5", new byte[16]);
        }

        @Override
        public long size() {
            return 1;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) {
            quietWhileSent = traffic.hasBeenQuietFor(Duration.ZERO);
        }

        @Override
        public void read(long offset, long length, WritableByteChannel target) {
            quietWhileRead = traffic.hasBeenQuietFor(Duration.ZERO);
        }
    }

    @Test
    void a_server_is_in_use_while_a_content_is_sent_and_while_it_is_read() throws IOException {
        SharedContent found = traffic.find(ContentReference.byName("film")).orElseThrow();
        WritableByteChannel nowhere = Channels.newChannel(OutputStream.nullOutputStream());

        found.transferTo(0, 1, nowhere);
        found.read(0, 1, nowhere);

        assertThat(film.quietWhileSent).isFalse();
        assertThat(film.quietWhileRead).isFalse();
        assertThat(traffic.hasBeenQuietFor(Duration.ZERO)).isTrue();
        assertThat(traffic.hasBeenQuietFor(Duration.ofMinutes(1))).isFalse();
    }
}
