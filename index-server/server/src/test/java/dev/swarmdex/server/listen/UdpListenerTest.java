package dev.swarmdex.server.listen;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What is true of a listener, whatever the engine. */
@ParameterizedClass
@MethodSource("engines")
class UdpListenerTest {

    private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");
    private static final int PATIENCE_MILLIS = 5_000;

    @Parameter
    private UdpEngine engine = UdpEngine.AUTO;

    private @Nullable UdpListener listener;

    static Stream<UdpEngine> engines() {
        return LinuxSockets.isSupported()
                ? Stream.of(UdpEngine.PORTABLE, UdpEngine.BATCH)
                : Stream.of(UdpEngine.PORTABLE);
    }

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
    }

    @Test
    void a_reply_goes_back_to_the_sender() throws IOException {
        start(IPV4, (datagram, sender) -> sender.reply(text("got " + text(datagram))));

        assertThat(asked(IPV4, "this")).isEqualTo("got this");
    }

    @Test
    void a_sender_has_the_bits_of_its_address() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        start(InetAddress.ofLiteral("::"), (_, sender) -> {
            seen.add("%x %x %d %s".formatted(sender.addressHigh(), sender.addressLow(), sender.port(),
                    sender.address().getAddress().getHostAddress()));
            sender.reply(text("seen"));
        });

        try (DatagramSocket four = new DatagramSocket(0, IPV4); DatagramSocket six = new DatagramSocket(0, IPV6)) {
            ask(four, IPV4, "hello");
            ask(six, IPV6, "hello");
            assertThat(take(seen)).isEqualTo("0 ffff7f000001 " + four.getLocalPort() + " 127.0.0.1");
            assertThat(take(seen)).isEqualTo("0 1 " + six.getLocalPort() + " 0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void any_thread_can_send_to_an_address_that_was_kept_and_answer_later() throws Exception {
        BlockingQueue<InetSocketAddress> senders = new LinkedBlockingQueue<>();
        BlockingQueue<Sender.Later> answers = new LinkedBlockingQueue<>();
        UdpListener open = start(InetAddress.ofLiteral("::"), (_, sender) -> {
            senders.add(sender.address());
            answers.add(sender.later());
        });

        for (InetAddress address : new InetAddress[]{IPV4, IPV6}) {
            try (DatagramSocket client = client(address)) {
                send(client, address, "hello");
                open.send(text("later"), take(senders));
                assertThat(receive(client)).isEqualTo("later");
                take(answers).reply(text("at last"));
                assertThat(receive(client)).isEqualTo("at last");
            }
        }
    }

    /** Who asked another address than the system prefers takes an answer from that one only. */
    @Test
    void an_answer_comes_from_the_address_that_was_asked() throws IOException {
        assumeTrue(engine.usesBatches(), "the JDK's channels don't say which one that was");
        InetAddress second = InetAddress.ofLiteral("127.0.0.2");
        for (InetAddress any : List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"))) {
            start(any, (_, sender) -> {
                sender.reply(text("now"));
                Sender.Later later = sender.later();
                Thread.ofVirtual().start(() -> later.reply(text("later")));
            });
            try (DatagramSocket client = client(IPV4)) {
                client.connect(second, Objects.requireNonNull(listener).address().getPort());
                send(client, second, "hello");
                assertThat(List.of(receive(client), receive(client))).containsExactlyInAnyOrder("now", "later");
            }
            close();
        }
    }

    @Test
    void each_of_many_clients_gets_its_own_reply() throws IOException {
        start(IPV4, (datagram, sender) -> sender.reply(text("got " + text(datagram))));

        for (int client = 0; client < 50; client++) {
            assertThat(asked(IPV4, "number " + client)).isEqualTo("got number " + client);
        }
    }

    @Test
    void a_datagram_can_have_more_replies_than_fit_a_batch() throws IOException {
        start(IPV4, (_, sender) -> {
            for (int i = 0; i < 200; i++) {
                sender.reply(text("reply " + i));
            }
        });

        try (DatagramSocket client = client(IPV4)) {
            client.setReceiveBufferSize(1 << 20);
            send(client, IPV4, "all");
            Set<String> replies = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                replies.add(receive(client));
            }
            assertThat(replies).hasSize(200).contains("reply 0", "reply 199");
        }
    }

    @Test
    void a_datagram_of_any_length_arrives_up_to_the_longest() throws IOException {
        start(IPV4, (datagram, sender) -> sender.reply(text(String.valueOf(datagram.remaining()))));

        assertThat(asked(IPV4, "")).isEqualTo("0");
        assertThat(asked(IPV4, "x".repeat(1200))).isEqualTo("1200");
        assertThat(asked(IPV4, "x".repeat(9000))).isEqualTo(String.valueOf(UdpListener.LONGEST_DATAGRAM));
        assertThat(asked(IPV4, "short")).isEqualTo("5");
    }

    @Test
    void a_handler_of_a_batch_is_told_what_to_expect_and_may_fail_at_it() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allSent = new CountDownLatch(1);
        List<String> told = new ArrayList<>();
        start(IPV4, new UdpListener.DatagramHandler() {
            @Override
            public void expect(ByteBuffer datagram) {
                told.add("expect " + text(datagram));
                throw new IllegalStateException("as the test wants it");
            }

            @Override
            public void received(ByteBuffer datagram, Sender sender) {
                String text = text(datagram);
                if (text.equals("first")) {
                    begun.countDown();
                    await(allSent);
                }
                told.add(text);
                sender.reply(text(text.equals("last") ? String.join(", ", told) : text));
            }
        });

        try (DatagramSocket client = client(IPV4)) {
            send(client, IPV4, "first");
            await(begun);
            send(client, IPV4, "second");
            send(client, IPV4, "last");
            allSent.countDown();
            assertThat(receive(client)).isEqualTo("first");
            assertThat(receive(client)).isEqualTo("second");
            assertThat(receive(client)).isEqualTo(engine.usesBatches()
                    ? "first, expect second, expect last, second, last"
                    : "first, second, last");
        }
    }

    @Test
    void a_handler_that_fails_does_not_end_it() throws IOException {
        start(IPV4, (datagram, sender) -> {
            if (text(datagram).equals("bad")) {
                throw new IllegalStateException("as the test wants it");
            }
            sender.reply(text("good"));
        });

        try (DatagramSocket client = client(IPV4)) {
            send(client, IPV4, "bad");
            assertThat(ask(client, IPV4, "fine")).isEqualTo("good");
        }
    }

    @Test
    void an_address_that_is_taken_is_refused_by_name() throws IOException {
        UdpListener first = start(IPV4, (_, _) -> {});
        for (UdpEngine other : engines().toList()) {
            UdpListener second = UdpListener.of("test", first.address(), other, () -> (_, _) -> {});

            assertThatThrownBy(second::start).isInstanceOf(CannotListenException.class)
                    .hasMessageContaining("127.0.0.1:" + first.address().getPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void once_it_stops_receiving_it_still_sends_and_once_closed_the_address_is_free() throws Exception {
        BlockingQueue<InetSocketAddress> senders = new LinkedBlockingQueue<>();
        UdpListener open = start(IPV4, (_, sender) -> senders.add(sender.address()));
        try (DatagramSocket client = client(IPV4)) {
            send(client, IPV4, "first");
            InetSocketAddress known = take(senders);
            open.stopReceiving();
            send(client, IPV4, "second");
            open.send(text("last"), known);

            assertThat(receive(client)).isEqualTo("last");
            assertThat(senders).isEmpty();
            int port = open.address().getPort();
            open.close();
            open.send(text("too late"), known);
            new DatagramSocket(port, IPV4).close();
        }
    }

    private UdpListener start(InetAddress address, UdpListener.DatagramHandler handler) {
        UdpListener started = UdpListener.of("test", new InetSocketAddress(address, 0), engine, () -> handler);
        try {
            started.start();
        } catch (CannotListenException e) {
            throw new AssertionError(e);
        }
        listener = started;
        return started;
    }

    private String asked(InetAddress address, String question) throws IOException {
        try (DatagramSocket client = client(address)) {
            return ask(client, address, question);
        }
    }

    private String ask(DatagramSocket client, InetAddress address, String question) throws IOException {
        send(client, address, question);
        return receive(client);
    }

    private static DatagramSocket client(InetAddress address) throws IOException {
        return new DatagramSocket(0, address);
    }

    private void send(DatagramSocket client, InetAddress address, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        client.setSoTimeout(PATIENCE_MILLIS);
        client.send(new DatagramPacket(bytes, bytes.length, address,
                Objects.requireNonNull(listener).address().getPort()));
    }

    private static String receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[10_000], 10_000);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), "nothing came");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String text(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return new String(bytes, UTF_8);
    }
}
