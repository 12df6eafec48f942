package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Both ends of a connection: the channel under test, and a plain socket. */
@Timeout(30)
class TimedChannelTest {

    private static final Duration LIMIT = Duration.ofMillis(200);

    private ServerSocket listener;
    private TimedChannel channel;
    private Socket other;
    private Input input;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        channel = TimedChannel.connect(new Endpoint("echo", "127.0.0.1", listener.getLocalPort()), LIMIT);
        other = listener.accept();
        input = new Input(channel, ByteBuffer.allocate(8));
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        other.close();
        listener.close();
    }

    @Test
    void bytes_are_taken_as_they_are_needed_however_they_come() throws IOException {
        other.getOutputStream().write("abcdef".getBytes(US_ASCII));
        assertThat(text(input.take(2))).isEqualTo("ab");
        assertThat(input.hasNext()).isTrue();
        assertThat(text(input.takeSome(1))).isEqualTo("c");
        other.getOutputStream().write("ghijk".getBytes(US_ASCII));
        assertThat(text(input.take(8))).isEqualTo("defghijk");
    }

    @Test
    void what_is_left_before_the_end_can_be_taken() throws IOException {
        other.getOutputStream().write("abc".getBytes(US_ASCII));
        other.shutdownOutput();
        assertThat(text(input.takeUpTo(2))).isEqualTo("ab");
        assertThat(text(input.takeUpTo(2))).isEqualTo("c");
        assertThat(input.takeUpTo(2).remaining()).isZero();
        assertThat(input.hasNext()).isFalse();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void an_end_where_more_is_needed_is_an_error() throws IOException {
        other.getOutputStream().write("abc".getBytes(US_ASCII));
        other.shutdownOutput();
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> input.take(4))
                .withMessage("the other side closed the connection");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void an_end_where_anything_is_needed_is_an_error() throws IOException {
        other.shutdownOutput();
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> input.takeSome(4))
                .withMessage("the other side closed the connection");
    }

    @Test
    void no_more_is_taken_in_one_piece_than_the_buffer_holds() {
        assertThatIllegalArgumentException().isThrownBy(() -> input.take(9));
    }

    @Test
    void silence_is_borne_as_long_as_is_allowed() {
        channel.allow(LIMIT);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(input::hasNext);
        assertThat(channel.isOpen()).isFalse();
        assertThatIOException().isThrownBy(input::hasNext);
    }

    @Test
    void one_who_takes_nothing_is_borne_as_long_as_is_allowed() {
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> new Output(channel, LIMIT).write(ByteBuffer.allocate(32 << 20)));
    }

    @Test
    void the_end_of_the_output_leaves_the_input_open() throws IOException {
        channel.write(ByteBuffer.wrap("abc".getBytes(US_ASCII)));
        channel.endOutput();
        assertThat(new String(other.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("abc");
        other.getOutputStream().write("d".getBytes(US_ASCII));
        assertThat(text(input.take(1))).isEqualTo("d");
    }

    @Test
    void nobody_there_is_told_with_the_endpoint() throws IOException {
        Endpoint nobody = new Endpoint("echo", "127.0.0.1", listener.getLocalPort());
        listener.close();
        assertThatIOException().isThrownBy(() -> TimedChannel.connect(nobody, LIMIT))
                .withMessageStartingWith("can't connect to " + nobody + ": ");
    }

    private static String text(ByteBuffer bytes) {
        return US_ASCII.decode(bytes).toString();
    }
}
