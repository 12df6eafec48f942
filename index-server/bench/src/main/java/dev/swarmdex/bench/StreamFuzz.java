package dev.swarmdex.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import static java.util.Objects.requireNonNull;

/**
 * Talks nonsense to the front-ends over TCP, one connection after the other, while a well-formed peer of the session protocol
 * checks that its file is found. Runs until it is stopped, or fails.
 */
final class StreamFuzz implements Runnable {

    private static final int MOST_MESSAGES = 20;
    private static final int PATIENCE_MILLISECONDS = 30_000;
    private static final String ASKS = "SEND FILES";
    private static final String DOWNLOAD = "download honest-file";
    /** What mutations begin with: the words of each protocol. */
    private static final Map<String, List<String>> SAMPLES = Map.of(
            "session", List.of("register 5000", "song.mp3 film.mkv", "update", "delete", "unregister", "get_files_list",
                    "download song.mp3", "register 99999\n", "\n", " ".repeat(1024)),
            "lines", List.of("mallory 4000\n", "register mallory a/b.txt, c.txt\n", "unregister mallory c.txt\n",
                    "list-files\n", "sendActivePeers\n", "close\n", "mallory\n", "a".repeat(3000)));

    private final Map<String, InetSocketAddress> servers;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<String, Mutator> mutators;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong streams = new AtomicLong();

    StreamFuzz(Map<String, InetSocketAddress> servers) {
        this.servers = servers;
        mutators = Map.of("session", mutator("session"), "lines", mutator("lines"));
    }

    long streams() {
        return streams.get();
    }

    void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        try (Socket honest = open("session")) {
            requireAnswer(honest, "register 5000", ASKS);
            honest.getOutputStream().write("honest-file".getBytes(StandardCharsets.UTF_8));
            String found = "[\"('127.0.0.1', " + honest.getLocalPort() + ")\", '5000']";
            awaitFound(found);
            while (!stopped.get()) {
                for (String protocol : SAMPLES.keySet()) {
                    babble(protocol);
                }
                try (Socket asking = open("session")) {
                    requireAnswer(asking, DOWNLOAD, found);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a well-formed client over TCP got no answer", e);
        }
    }

    /** One connection's worth of mutated messages; that the server ends it is its right. */
    private void babble(String protocol) throws IOException {
        try (Socket socket = open(protocol)) {
            for (int left = random.nextInt(MOST_MESSAGES); left > 0; left--) {
                socket.getOutputStream().write(requireNonNull(mutators.get(protocol)).next());
                socket.getInputStream().skipNBytes(socket.getInputStream().available());
            }
            if (random.nextInt(3) == 0) {
                socket.setSoLinger(true, 0); // a reset, with something unread
            }
        } catch (SocketException e) {
            // cut off
        }
        streams.incrementAndGet();
    }

    /** A registration has no answer of its own. */
    private void awaitFound(String found) throws IOException {
        long end = System.nanoTime() + PATIENCE_MILLISECONDS * 1_000_000L;
        String answer = "";
        while (!answer.equals(found) && System.nanoTime() < end) {
            try (Socket asking = open("session")) {
                answer = answer(asking, DOWNLOAD, found.length());
            }
        }
    }

    private static void requireAnswer(Socket socket, String request, String expected) throws IOException {
        String answer = answer(socket, request, expected.length());
        if (!answer.equals(expected)) {
            throw new IllegalStateException("a wrong answer to " + request + ": " + answer);
        }
    }

    private static String answer(Socket socket, String request, int length) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private Socket open(String protocol) throws IOException {
        InetSocketAddress server = requireNonNull(servers.get(protocol));
        return new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    }

    private static Mutator mutator(String protocol) {
        List<byte[]> samples = new ArrayList<>();
        for (String sample : SAMPLES.getOrDefault(protocol, List.of())) {
            samples.add(sample.getBytes(StandardCharsets.UTF_8));
        }
        return new Mutator(samples, protocol.hashCode());
    }
}
