package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Limits;
import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Sends mutated datagrams to every UDP front-end of a real server, as fast as it takes them in, and mutated streams to those over
 * TCP, while an honest peer, a seeder with its leecher and an honest client over TCP check its answers. The server may
 * neither end nor answer wrongly nor keep what it was sent: its heap is compared after a tenth of the datagrams and at
 * the end, after a garbage collection each time.
 */
final class Fuzz {

    /** So few at once that the socket's buffer holds them. */
    private static final int AT_ONCE = 1_000;
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration HELLO_PATIENCE = Duration.ofSeconds(5);
    private static final int HELLO_ATTEMPTS = 12;
    private static final int PARTS = 10;
    private static final double MIB = 1 << 20;
    /** The database's cache of pages fills meanwhile. */
    private static final double SLACK = 64 * MIB;
    private static final long HELLO_NANOSECONDS = Duration.ofMinutes(1).toNanos();

    private final ServerProcess server;
    private final ServerStatus status;
    private final Map<String, InetSocketAddress> addresses;
    private Map<String, List<byte[]>> samples = FuzzSamples.of(0, 0);
    private long seed = 1;
    private long sent;
    private long lost;

    private Fuzz(ServerProcess server, ServerStatus status) throws IOException, InterruptedException {
        this.server = server;
        this.status = status;
        addresses = status.addresses();
    }

    /** Sends that many; throws if anything went wrong. */
    static void run(long datagrams) throws IOException, InterruptedException, ExecutionException {
        var _ = Scratch.in(folder -> {
            try (ServerProcess server = server(folder); ServerStatus status = new ServerStatus(server.page())) {
                new Fuzz(server, status).send(datagrams);
            }
            return folder;
        });
    }

    private static ServerProcess server(Path folder) throws IOException {
        return ServerProcess.start(folder, List.of("-Xmx512m", "-XX:+UseSerialGC"), List.of(
                "store.url=" + StoreLoad.url(folder), "store.durability=process", "http.bind=127.0.0.1:0",
                "frontend.pdu.bind=127.0.0.1:0", "frontend.pdu.lease=10s", "frontend.fixed.bind=127.0.0.1:0",
                "frontend.fixed.lease=10s", "frontend.native.lease=60s", "frontend.tracker.bind=127.0.0.1:0",
                "frontend.tracker.lease=30s", "frontend.tracker.max-swarms=20000", "frontend.tracker.max-peers=50000",
                "frontend.session.bind=127.0.0.1:0", "frontend.lines.bind=127.0.0.1:0",
                "limits.registrations-per-peer=1000",
                "limits.peers-per-address=500", "log.level=info"));
    }

    private void send(long datagrams) throws IOException, InterruptedException, ExecutionException {
        Honest honest = new Honest(new HonestPeer(server.address()),
                new HonestLeecher(requireNonNull(addresses.get("tracker"))),
                new StreamFuzz(addresses));
        CompletableFuture<Void> checking = honest.start();
        while (!honest.isUnderWay() && !checking.isDone()) {
            Thread.sleep(PATIENCE);
        }
        long start = System.nanoTime();
        double early = 0;
        for (int part = 1; part <= PARTS; part++) {
            sendUntil(datagrams * part / PARTS, honest, checking);
            double heap = heapAfterCollection();
            early = part == 1 ? heap : early;
            System.out.printf(Locale.ROOT, "%,d datagrams, %,d streams, %.0f s, heap %.1f MiB, %,d right answers%n",
                    sent,
                    honest.streams.streams(), (System.nanoTime() - start) / 1e9, heap / MIB, honest.rightAnswers());
            if (heap > early + SLACK && part == PARTS) {
                throw new IllegalStateException("the heap has grown");
            }
        }
        honest.stop();
        checking.get();
        System.out.print(status.counts());
        System.out.printf(Locale.ROOT, "%,d datagrams sent, %,d of them lost on the way%n", sent, lost);
    }

    private void sendUntil(long total, Honest honest, CompletableFuture<Void> checking)
            throws IOException, InterruptedException, ExecutionException {
        while (sent < total) {
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                samples = FuzzSamples.of(connectionId(channel), trackerConnectionId(channel));
                long end = System.nanoTime() + HELLO_NANOSECONDS;
                while (sent < total && System.nanoTime() < end) {
                    if (checking.isDone()) {
                        checking.get();
                    }
                    sendSome(channel);
                    awaitTaken(honest);
                }
            }
        }
    }

    private void sendSome(DatagramChannel channel) throws IOException {
        for (Map.Entry<String, List<byte[]>> each : samples.entrySet()) {
            Mutator mutator = new Mutator(each.getValue(), seed++);
            for (int i = 0; i < AT_ONCE; i++) {
                channel.send(ByteBuffer.wrap(mutator.next()), addresses.get(each.getKey()));
            }
            sent += AT_ONCE;
        }
    }

    /** Waits until the server has taken in what was sent, but for what the system has dropped on the way. */
    private void awaitTaken(Honest honest) throws IOException, InterruptedException {
        long missing = 1;
        for (long end = System.nanoTime() + PATIENCE.toNanos(); missing > 0 && System.nanoTime() < end;) {
            missing = sent - lost - (status.taken(samples.keySet()) - honest.requests());
        }
        lost += Math.max(0, missing);
    }

    /** The id for the very socket that sends, without which the server would look no further. */
    private long connectionId(DatagramChannel channel) throws IOException {
        ByteBuffer hello = RequestCodec.encode(new RequestPacket(1, 0, new Request.Hello()));
        byte[] bytes = new byte[Limits.DATAGRAM];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        channel.socket().setSoTimeout(Math.toIntExact(HELLO_PATIENCE.toMillis()));
        for (int attempt = 0; attempt < HELLO_ATTEMPTS; attempt++) {
            channel.send(hello.duplicate(), server.address());
            sent++;
            try {
                channel.socket().receive(packet);
                ReplyPacket reply = ReplyCodec.decode(ByteBuffer.wrap(bytes, 0, packet.getLength()));
                return ((Reply.Welcome) reply.reply()).connectionId();
            } catch (SocketTimeoutException e) {
                // it was lost, or its answer
            } catch (MalformedPacketException e) {
                throw new IOException(e);
            }
        }
        throw new IOException("no answer to H");
    }

    /** The tracker's id for the same socket. */
    private long trackerConnectionId(DatagramChannel channel) throws IOException {
        channel.socket().setSoTimeout(Math.toIntExact(HELLO_PATIENCE.toMillis()));
        sent++;
        return HonestLeecher.connectionId(channel.socket(), requireNonNull(addresses.get("tracker")));
    }

    /** Those who check, and those who babble over TCP meanwhile. */
    private record Honest(HonestPeer peer, HonestLeecher leecher, StreamFuzz streams) {

        /** The future ends when one of them fails, or all have stopped. */
        CompletableFuture<Void> start() {
            List<CompletableFuture<Void>> running = Stream.of(peer, leecher, streams).map(each -> CompletableFuture
                    .runAsync(each, task -> Thread.ofPlatform().name("honest").start(task))).toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new));
            for (CompletableFuture<Void> each : running) {
                var _ = each.exceptionally(failure -> {
                    all.completeExceptionally(failure);
                    throw new CompletionException(failure);
                });
            }
            return all;
        }

        boolean isUnderWay() {
            return peer.rightAnswers() > 0 && leecher.rightAnswers() > 0 && streams.streams() > 0;
        }

        long rightAnswers() {
            return peer.rightAnswers() + leecher.rightAnswers();
        }

        long requests() {
            return peer.requests() + leecher.requests();
        }

        void stop() {
            peer.stop();
            leecher.stop();
            streams.stop();
        }
    }

    private double heapAfterCollection() throws IOException, InterruptedException {
        new ProcessBuilder("jcmd", Long.toString(server.pid()), "GC.run").redirectErrorStream(true).start().waitFor();
        return status.heap();
    }
}
