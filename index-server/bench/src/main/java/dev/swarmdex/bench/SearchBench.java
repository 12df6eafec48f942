package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Searches by content id over the native protocol, beside a bare echo of the same requests in C: both on the first core, in
 * turns, under the same load from the second one.
 */
final class SearchBench {

    private static final int CONTENTS = 100_000;
    private static final int SECONDS = 1;
    private static final int WARM_UPS = 30;
    private static final int ALLOCATION_SECONDS = 20;

    private SearchBench() {}

    static void run(int rounds) throws IOException, InterruptedException, ExecutionException {
        var _ = Scratch.in(folder -> {
            LoadProgram load = new LoadProgram(folder);
            Path requests = requests(folder.resolve("requests"));
            try (EchoServer echo = new EchoServer(folder); ServerProcess ours = start(folder)) {
                fill(ours.address());
                Duel.Load own = load(load, requests, ours.address().getPort());
                for (int i = 0; i < WARM_UPS; i++) {
                    own.second(0, i);
                }
                Duel.printHead("echo");
                new Duel(load(load, requests, echo.port()), own, rounds).run("search");
                Allocations.print("search", ours, "native-listener", () -> (long) (ALLOCATION_SECONDS
                        * load(load, requests, ours.address().getPort(), ALLOCATION_SECONDS).second(0, 1)
                                .responsesASecond()));
            }
            return folder;
        });
    }

    private static Duel.Load load(LoadProgram load, Path requests, int port) {
        return load(load, requests, port, SECONDS);
    }

    private static Duel.Load load(LoadProgram load, Path requests, int port, int seconds) {
        return (rate, seed) -> {
            LoadProgram.Result result = load.run("native", requests.toString(), Integer.toString(port),
                    Integer.toString(seconds), Long.toString(rate), Long.toString(seed));
            if (result.errors() > 0) {
                throw new IllegalStateException(result.errors() + " searches were refused");
            }
            return result;
        };
    }

    private static ServerProcess start(Path folder) throws IOException {
        return ServerProcess.start(folder, List.of("taskset", "-c", "0"), """
                [[frontend]]
                protocol = "native"
                bind = "127.0.0.1:0"
                lease = "1h"
                """, ServerProcess.AS_SHIPPED, List.of("store.url=" + StoreLoad.url(folder)));
    }

    /** Registers what is searched for, and looks whether it is found. */
    private static void fill(InetSocketAddress server) throws IOException, InterruptedException, ExecutionException {
        UdpLoad.register(server, 0, CONTENTS, Double.POSITIVE_INFINITY);
        try (LoadPeer peer = new LoadPeer(server, "reader")) {
            peer.hello();
            for (int number : List.of(0, CONTENTS - 1)) {
                var reply = (Reply.Contents) peer.ask(new Request.SearchId(Sample.id(number), Cursor.NONE));
                if (reply.listings().size() != 1 || reply.listings().getFirst().sources().size() != 1) {
                    throw new IllegalStateException("a wrong answer: " + reply);
                }
            }
        }
    }

    /** Writes requests as the load program reads them. */
    private static Path requests(Path file) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            write(new Request.Hello(), out);
            for (int number = 0; number < CONTENTS; number++) {
                write(new Request.SearchId(Sample.id(number), Cursor.NONE), out);
            }
        }
        return file;
    }

    private static void write(Request request, DataOutputStream out) throws IOException {
        ByteBuffer datagram = RequestCodec.encode(new RequestPacket(0, 0, request));
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
