package dev.swarmdex.it;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** More clients at once than a host serves. */
class CrowdIT extends WholeSystem {

    private static final int MOST_CONNECTIONS = 1000;
    private static final byte[] PREFACE = {'s', 'w', 'a', 'r', 'm', 'd', 'x', 1};
    /** As long as a loaded machine may take for all of them. */
    private static final int PATIENCE_MILLIS = 60_000;

    /** A client that knows what it wants. */
    private record Client(Socket socket) {

        /** Connects and greets; whether it was greeted too. */
        boolean greet() throws IOException {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(PREFACE);
                byte[] answer = socket.getInputStream().readNBytes(PREFACE.length);
                return answer.length == PREFACE.length;
            } catch (SocketException reset) {
                return false;
            }
        }

        void ask(TestFile file) throws IOException {
            byte[] id = file.id().getBytes(StandardCharsets.US_ASCII);
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            out.writeByte('R');
            out.writeInt(1);
            out.writeShort(Long.BYTES + Integer.BYTES + id.length);
            out.writeLong(0);
            out.writeInt(file.size());
            out.write(id);
            out.flush();
        }

        byte[] answer() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(in.readByte()).isEqualTo((byte) 'O');
            assertThat(in.readInt()).isEqualTo(1);
            return in.readNBytes(in.readInt());
        }
    }

    @Test
    void a_thousand_clients_are_served_at_once_in_a_small_heap_and_more_are_turned_away_until_some_leave()
            throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 300_000, 1);
        alice.start();
        Peer dora = swarm().runningPeer("dora");
        dora.awaitListed("film.mkv", "alice");
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_CONNECTIONS; i++) {
                clients.add(client(alice));
                assertThat(clients.getLast().greet()).as("client %d is served", i).isTrue();
            }
            try (Socket another = client(alice).socket()) {
                assertThat(new Client(another).greet()).isFalse();
            }
            // nobody reads before all have asked
            for (Client client : clients) {
                client.ask(film);
            }
            assertThat(whoGot(film, clients)).hasSize(MOST_CONNECTIONS).containsOnly(true);
        } finally {
            for (Client client : clients) {
                client.socket().close();
            }
        }

        assertThat(dora.command("get", "film.mkv").orFail()).contains("verified");
        assertThat(alice.process().process().isAlive()).isTrue();
    }

    private static Client client(Peer host) throws IOException {
        return new Client(new Socket(InetAddress.getLoopbackAddress(), host.port()));
    }

    /** Whether each of them was sent the file. */
    private static List<Boolean> whoGot(TestFile file, List<Client> clients) throws Exception {
        List<Boolean> got = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> each : threads.invokeAll(clients.stream()
                    .<Callable<Boolean>>map(client -> () -> Arrays.equals(client.answer(), file.bytes())).toList())) {
                got.add(each.get());
            }
        }
        return got;
    }
}
