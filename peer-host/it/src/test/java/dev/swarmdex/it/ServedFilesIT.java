package dev.swarmdex.it;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a stranger gets from a host's transport, asked by the bytes of plugins/transport-tcp/README.md. */
class ServedFilesIT extends WholeSystem {

    private static final byte[] PREFACE = {'s', 'w', 'a', 'r', 'm', 'd', 'x', 1};

    @Test
    void a_file_outside_the_shared_folders_is_never_served_whatever_it_is_called() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 1000, 1);
        TestFile secret = TestFile.create(alice.shared().resolveSibling("secret.txt"), 1000, 2);
        Files.createSymbolicLink(alice.shared().resolve("link.txt"), secret.path());
        Files.createSymbolicLink(alice.shared().resolve("folder"), alice.state());
        alice.start();
        swarm().peer("bob").awaitListed("film.mkv", "alice");

        try (Stranger stranger = new Stranger(alice.port())) {
            assertThat(stranger.asksForName("film.mkv")).isEqualTo("O " + film.size() + " " + film.id());
            assertThat(stranger.reads(film.id(), film.size())).isEqualTo(film.bytes());
            for (String name : List.of("../secret.txt", "film.mkv/../../secret.txt", "./../secret.txt", "..",
                    "shared/../secret.txt", secret.path().toString(), "link.txt", "folder/identity",
                    "FILM.MKV/../secret.txt",
                    "..\\secret.txt", "%2e%2e/secret.txt", "../peer.toml", "../state/identity", "")) {
                assertThat(stranger.asksForName(name)).as(name).matches("[NE] .*");
            }
            assertThat(stranger.asksForId(secret.id())).isEqualTo("N ");
            assertThat(stranger.asksForId("sha256-tree:" + "00".repeat(32))).isEqualTo("N ");
            // the connection and the host are none the worse for it
            assertThat(stranger.asksForName("film.mkv")).startsWith("O ");
        }
        assertThat(alice.list()).hasSize(1);
    }

    /** A client that speaks the protocol, and nothing of the program's. */
    private static final class Stranger implements AutoCloseable {

        private final Socket socket;
        private final DataOutputStream out;
        private final DataInputStream in;

        Stranger(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
            out = new DataOutputStream(socket.getOutputStream());
            in = new DataInputStream(socket.getInputStream());
            out.write(PREFACE);
            assertThat(in.readNBytes(PREFACE.length)).isEqualTo(PREFACE);
        }

        String asksForName(String name) throws IOException {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            request('A', 1 + text.length);
            out.writeByte(0);
            out.write(text);
            return offer();
        }

        String asksForId(String id) throws IOException {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            request('A', 1 + text.length);
            out.writeByte(text.length);
            out.write(text);
            return offer();
        }

        byte[] reads(String id, int length) throws IOException {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            request('R', 8 + 4 + text.length);
            out.writeLong(0);
            out.writeInt(length);
            out.write(text);
            assertThat(in.readByte()).isEqualTo((byte) 'O');
            return body();
        }

        private void request(char type, int length) throws IOException {
            out.writeByte(type);
            out.writeInt(1);
            out.writeShort(length);
        }

        /** The reply to a question: its status, and the size and the id that are offered, or why it is refused. */
        private String offer() throws IOException {
            char status = (char) in.readByte();
            byte[] body = body();
            if (status != 'O') {
                return status + " " + new String(body, StandardCharsets.UTF_8);
            }
            long size = java.nio.ByteBuffer.wrap(body).getLong();
            return status + " " + size + " " + new String(body, 8, body.length - 8, StandardCharsets.UTF_8);
        }

        private byte[] body() throws IOException {
            assertThat(in.readInt()).as("request id").isEqualTo(1);
            return in.readNBytes(in.readInt());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
