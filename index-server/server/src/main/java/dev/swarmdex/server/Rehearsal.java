package dev.swarmdex.server;

import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.config.Logging;
import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.server.command.Surroundings;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.run.IndexServer;
import dev.swarmdex.server.settings.ServerSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The short life of an index server of its own: peers join, register and search, and its history is queried. While it runs the
 * launcher has the JVM record which classes that takes, and how they are used, for a cache with which a server starts in about
 * half the time.
 */
public final class Rehearsal {

    private static final int PEERS = 5;
    private static final int CONTENTS = 50;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LONGEST_DATAGRAM = 2048;

    private Rehearsal() {}

    /**
     * Runs a server with the config file that is the only argument, but with a database, and on ports, of its own.
     *
     * @throws IOException when anything of it fails
     */
    public static void main(String[] arguments) throws IOException, ConfigException, CannotListenException {
        Path folder = Files.createTempDirectory("swarmdex-rehearsal");
        try {
            List<String> settings = List.of("store.url=jdbc:h2:file:" + folder.resolve("index"),
                    "frontend.native.bind=127.0.0.1:0", "http.bind=127.0.0.1:0", "log.file=");
            Path config = Path.of(arguments[0]);
            ServerSettings read = ConfigReader.read(ServerSettings.class, config, settings, Map.of()).config();
            Logging.start(read.log(), config);
            serve(read);
            query(config, settings);
        } finally {
            remove(folder);
        }
    }

    private static void serve(ServerSettings settings) throws IOException, CannotListenException {
        try (IndexServer server = IndexServer.start(settings, System::nanoTime);
                DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(server.frontEnds().getFirst().address());
            for (int number = 0; number < PEERS; number++) {
                takePart(socket, "peer" + number);
            }
        }
    }

    private static void takePart(DatagramSocket socket, String name) throws IOException {
        if (!(ask(socket, 0, new Request.Hello()) instanceof Reply.Welcome(long connectionId))) {
            throw new IOException("no welcome");
        }
        PeerIdentity peer = new PeerIdentity(name, "0".repeat(32));
        List<Content> contents = IntStream.range(0, CONTENTS)
                .mapToObj(i -> new Content(name + "/film " + i + ".mkv", Optional.empty(), 1000L + i)).toList();
        List<Request> requests = new ArrayList<>();
        requests.add(new Request.KeepAlive(peer, List.of(new Endpoint("tcp", "", 7118)), 0, 0));
        requests.addAll(Request.Register.split(peer, contents));
        contents.forEach(content -> requests.add(new Request.SearchName(content.name(), Cursor.NONE)));
        requests.add(Request.Deregister.everything(peer));
        for (Request request : requests) {
            Reply reply = ask(socket, connectionId, request);
            if (reply instanceof Reply.Refused) {
                throw new IOException(request + " was answered with " + reply);
            }
        }
    }

    private static Reply ask(DatagramSocket socket, long connectionId, Request request) throws IOException {
        ByteBuffer datagram = RequestCodec.encode(new RequestPacket(1, connectionId, request));
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        socket.send(new DatagramPacket(bytes, bytes.length));
        DatagramPacket answer = new DatagramPacket(new byte[LONGEST_DATAGRAM], LONGEST_DATAGRAM);
        socket.receive(answer);
        try {
            return ReplyCodec.decode(ByteBuffer.wrap(answer.getData(), 0, answer.getLength())).reply();
        } catch (MalformedPacketException e) {
            throw new IOException(e);
        }
    }

    private static void query(Path config, List<String> settings) throws IOException {
        List<String> words = new ArrayList<>(List.of("sql", "-c", config.toString()));
        settings.forEach(setting -> words.addAll(List.of("--set", setting)));
        words.add("select peer, count(*) from mapping_history group by peer");
        if (new Main(Surroundings.ofProcess()).execute(words.toArray(String[]::new)) != 0) {
            throw new IOException("the query failed");
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
