package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.config.DataRate;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.host.operation.HostStatus;
import dev.swarmdex.peer.host.rate.TransferLimits;
import dev.swarmdex.peer.host.rate.TransferSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What a host tells of its uploads. */
class UploadsTest {

    private static final ContentId ID = new ContentId("sha256-tree", "cd".repeat(32));

    private static final int SIZE = 20 << 20;

    private final List<HostStatus.Upload> seen = new ArrayList<>();
    private final Uploads uploads = new Uploads(content -> Optional.of(new Content()),
            new TransferLimits(new TransferSettings(DataRate.UNLIMITED, DataRate.UNLIMITED, DataRate.UNLIMITED, 10)));

    /** A content that looks at the uploads while it is being sent. */
    private final class Content implements SharedContent {

        @Override
        public String name() {
            return "a";
        }

        @Override
        public ContentId id() {
            return ID;
        }

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            seen.addAll(uploads.sent());
            target.write(ByteBuffer.allocate((int) length));
        }
    }

    @Test
    void what_the_host_reads_for_itself_is_no_upload() throws IOException {
        uploads.find(ContentReference.byId(ID)).orElseThrow().read(0, 60,
                Channels.newChannel(OutputStream.nullOutputStream()));

        assertThat(seen).isEmpty();
        assertThat(uploads.sent()).isEmpty();
    }

    @Test
    void who_is_being_sent_to_is_told_by_the_address_while_it_lasts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
                SocketChannel reader = SocketChannel.open(server.getLocalAddress())) {
            uploads.find(ContentReference.byId(ID)).orElseThrow().transferTo(0, 60, reader);
        }

        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().to()).containsExactly(loopback.getHostAddress());
        assertThat(seen.getFirst().active()).isEqualTo(1);
        HostStatus.Upload after = uploads.sent().getFirst();
        assertThat(after.to()).isEmpty();
        assertThat(after.active()).isZero();
        assertThat(after.bytes()).isEqualTo(60);
    }

    @Test
    void what_is_out_is_counted_while_the_rest_is_still_being_sent() throws IOException {
        uploads.find(ContentReference.byId(ID)).orElseThrow().transferTo(0, SIZE,
                Channels.newChannel(OutputStream.nullOutputStream()));

        assertThat(seen).hasSizeGreaterThan(2);
        assertThat(seen).extracting(HostStatus.Upload::bytes).isSorted().doesNotHaveDuplicates()
                .startsWith(0L);
        assertThat(uploads.sent().getFirst().bytes()).isEqualTo(SIZE);
    }

    @Test
    void what_was_sent_before_a_failure_is_counted() {
        SharedContent content = uploads.find(ContentReference.byId(ID)).orElseThrow();

        assertThatIOException().isThrownBy(() -> content.transferTo(0, SIZE, new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                if (seen.size() > 2) {
                    throw new IOException("it has left");
                }
                return source.remaining();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is open
            }
        })).withMessage("it has left");

        assertThat(uploads.sent().getFirst().bytes()).isEqualTo(seen.getLast().bytes()).isPositive();
        assertThat(uploads.load().bytesPerSecond()).isPositive();
    }

    @Test
    void a_channel_that_tells_no_address_is_counted_all_the_same() throws IOException {
        uploads.find(ContentReference.byId(ID)).orElseThrow().transferTo(0, 1, new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                return source.remaining();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is open
            }
        });

        assertThat(seen.getFirst().active()).isEqualTo(1);
        assertThat(seen.getFirst().to()).isEmpty();
    }
}
