package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Frames here are their number's last byte and as much content as that number modulo 7 and one say. */
@Timeout(30)
class FramedOutputTest implements FramedOutput.Framing {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public int room(long number) {
        return (int) (number % 7) + 1;
    }

    @Override
    public ByteBuffer frame(long number, ByteBuffer content) {
        int length = Math.min(content.remaining(), room(number));
        ByteBuffer frame = ByteBuffer.allocate(1 + length).put((byte) number)
                .put(content.slice(content.position(), length));
        content.position(content.position() + length);
        return frame.flip();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 27, 28, 29, 65_536, 300_000})
    void a_content_goes_out_in_full_frames_but_the_last_however_it_is_written(int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteBuffer rest = ByteBuffer.wrap(content);
        for (int number = 0; rest.hasRemaining(); number++) {
            expected.writeBytes(frame(number, rest).array());
        }
        assertThat(sent(content, true)).isEqualTo(expected.toByteArray());
    }

    @Test
    void what_fails_before_the_end_gets_no_last_frame() throws Exception {
        assertThat(sent(new byte[3], false)).isEmpty();
    }

    @Test
    void what_comes_slowly_is_not_held_back_until_there_is_much_of_it() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TimedChannel channel = TimedChannel.connect(
                        new Endpoint("frames", "127.0.0.1", listener.getLocalPort()), PATIENCE);
                Socket other = listener.accept()) {
            FramedOutput output = new FramedOutput(new Output(channel, PATIENCE), this);

            await().until(() -> {
                output.write(ByteBuffer.allocate(1));
                return other.getInputStream().available() > 0;
            });
        }
    }

    private byte[] sent(byte[] content, boolean finish) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Endpoint endpoint = new Endpoint("frames", "127.0.0.1", listener.getLocalPort());
            Future<byte[]> reader = threads.submit(() -> {
                try (Socket socket = listener.accept()) {
                    return socket.getInputStream().readAllBytes();
                }
            });
            write(endpoint, content, finish);
            return reader.get();
        }
    }

    private void write(Endpoint endpoint, byte[] content, boolean finish) throws IOException {
        try (TimedChannel channel = TimedChannel.connect(endpoint, PATIENCE)) {
            FramedOutput output = new FramedOutput(new Output(channel, PATIENCE), this);
            Random random = new Random(1);
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                int length = Math.min(rest.remaining(), random.nextInt(100_000));
                assertThat(output.write(rest.slice(rest.position(), length))).isEqualTo(length);
                rest.position(rest.position() + length);
            }
            if (finish) {
                output.finish();
            }
        }
    }
}
