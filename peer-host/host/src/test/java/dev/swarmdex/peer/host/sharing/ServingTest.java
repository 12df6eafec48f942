package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/** What is served, and above all what is not. */
@Timeout(60)
class ServingTest {

    private static final int SIZE = 20_000_000;

    @TempDir
    Path temp;

    private final byte[] bytes = new byte[SIZE];
    private Path folder;
    private Path outside;
    private Sharing sharing;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(bytes);
        temp = temp.toRealPath();
        folder = Files.createDirectory(temp.resolve("shared"));
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.write(folder.resolve("film.mkv"), bytes);
        Files.writeString(Files.createDirectory(folder.resolve("sub")).resolve("note.txt"), "note");
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.writeString(outside.resolve("note.txt"), "evil");
        sharing = Sharing.started(temp.resolve("state"), folder);
    }

    @AfterEach
    void close() throws IOException {
        sharing.close();
    }

    @Test
    void anyRangeIsSentExactly() throws IOException {
        int[][] ranges = {{0, SIZE}, {0, 0}, {SIZE, 0}, {SIZE - 1, 1}, {1, 16 << 20}, {12_345, 17_000_000}};
        for (int[] range : ranges) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();

            sharing.file("film.mkv").transferTo(range[0], range[1], Channels.newChannel(sent));

            assertThat(sent.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, range[0], range[0] + range[1]));
        }
    }

    @Test
    void aReaderSlowerThanTheSenderGetsEverythingOnAVirtualThreadToo() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel reader = SocketChannel.open(listener.getLocalAddress());
                SocketChannel writer = listener.accept()) {
            AtomicReference<Exception> problem = new AtomicReference<>();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    // as with any protocol's header: from the first write on, the JDK keeps the socket non-blocking
                    writer.write(ByteBuffer.wrap(bytes, 0, 1));
                    sharing.file("film.mkv").transferTo(1, SIZE - 1, writer);
                } catch (Exception failure) {
                    problem.set(failure);
                }
            });
            await().until(() -> sender.getState() == Thread.State.WAITING || !sender.isAlive());

            ByteBuffer received = ByteBuffer.allocate(SIZE);
            while (received.hasRemaining() && (sender.isAlive() || reader.socket().getInputStream().available() > 0)) {
                reader.read(received);
            }

            assertThat(problem).hasValue(null);
            assertThat(received.array()).isEqualTo(bytes);
        }
    }

    @Test
    void aRangeOutsideTheFileIsRefused() {
        long[][] ranges = {{-1, 1}, {0, -1}, {0, SIZE + 1}, {SIZE, 1}, {SIZE + 1, 0}, {Long.MAX_VALUE, Long.MAX_VALUE},
                {Long.MIN_VALUE, 1}, {1, Long.MIN_VALUE}};
        for (long[] range : ranges) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();

            assertThatIOException().isThrownBy(
                    () -> sharing.file("film.mkv").transferTo(range[0], range[1], Channels.newChannel(sent)))
                    .withMessageContaining("not inside film.mkv");
            assertThat(sent.size()).isZero();
        }
    }

    @Test
    void thePieceHashesFoldToTheContentId() {
        SharedFile film = sharing.file("film.mkv");
        byte[] hashes = film.pieceHashes(64 << 10).orElseThrow();

        assertThat(HashTree.verified(sharing.hasher, film.id(), film.size(), hashes)).isPresent();
        assertThat(film.pieceHashes(128 << 10)).isEmpty();
        assertThat(sharing.file("sub/note.txt").pieceHashes(64 << 10))
                .contains(sharing.file("sub/note.txt").id().digest());
    }

    @Test
    void onlyOfferedNamesAreFound() {
        String[] names = {"film", "FILM.MKV", "../outside/secret.txt", "sub/../film.mkv", "./film.mkv", "/film.mkv",
                "sub",
                "note.txt", "sub//note.txt", "sub\\note.txt", "..", "/", "%2e%2e/outside/secret.txt",
                folder.resolve("film.mkv").toString()};
        for (String name : names) {
            assertThat(sharing.files.find(ContentReference.byName(name))).as(name).isEmpty();
        }
        assertThat(sharing.files.find(ContentReference.byName("film.mkv"))).isPresent();
    }

    @Test
    void theIdDecidesWhenBothAreGiven() throws IOException {
        Files.writeString(folder.resolve("copy.txt"), "note");
        await().until(() -> sharing.names().contains("copy.txt"));
        SharedFile note = sharing.file("sub/note.txt");
        SharedFile film = sharing.file("film.mkv");

        assertThat(sharing.file("copy.txt").id()).isEqualTo(note.id());
        assertThat(sharing.files.file(ContentReference.of("copy.txt", note.id())).orElseThrow().name())
                .isEqualTo("copy.txt");
        assertThat(sharing.files.file(ContentReference.of("film.mkv", note.id())).orElseThrow().id())
                .isEqualTo(note.id());
        assertThat(sharing.files.file(ContentReference.of("other", film.id()))).contains(film);

        Files.delete(note.path());
        await().until(() -> !sharing.names().contains("sub/note.txt"));
        assertThat(sharing.files.file(ContentReference.byId(note.id())).orElseThrow().name()).isEqualTo("copy.txt");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("folder"), outside);
        Files.createSymbolicLink(folder.resolve("inside.mkv"), folder.resolve("film.mkv"));
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        sharing.close();
        sharing = Sharing.started(temp.resolve("state"), folder);

        assertThat(sharing.names()).containsExactly("film.mkv", "sub/note.txt");
    }

    @Test
    void linksThatAppearLaterAreNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("folder"), outside);
        Files.writeString(folder.resolve("real.txt"), "real");

        await().until(() -> sharing.names().contains("real.txt"));
        sharing.settle();
        assertThat(sharing.names()).containsExactly("film.mkv", "real.txt", "sub/note.txt");
    }

    @Test
    void aFileReplacedByALinkIsNotServed() throws IOException {
        SharedFile note = sharing.file("sub/note.txt");
        Path evil = outside.resolve("note.txt");
        Files.setLastModifiedTime(evil, Files.getLastModifiedTime(note.path()));
        Files.delete(note.path());
        Files.createSymbolicLink(note.path(), evil);

        assertRefused(note);
        await().until(() -> !sharing.names().contains("sub/note.txt"));
    }

    @Test
    void aFileIsNotServedThroughAFolderReplacedByALink() throws IOException {
        SharedFile note = sharing.file("sub/note.txt");
        Files.createLink(outside.resolve("same.txt"), note.path());
        Files.delete(outside.resolve("note.txt"));
        Files.move(outside.resolve("same.txt"), outside.resolve("note.txt"));
        Files.move(folder.resolve("sub"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("sub"), outside);

        assertRefused(note);
        await().until(() -> sharing.names().contains("elsewhere/note.txt"));
        sharing.settle();
        assertThat(sharing.names()).containsExactly("elsewhere/note.txt", "film.mkv");
    }

    @Test
    void pipesAreNotShared() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        Files.writeString(folder.resolve("real.txt"), "real");

        await().until(() -> sharing.names().contains("real.txt"));
        sharing.settle();
        assertThat(sharing.names()).doesNotContain("pipe");
    }

    @Test
    void aFileReplacedByAPipeIsNotServed() throws Exception {
        SharedFile note = sharing.file("sub/note.txt");
        Files.delete(note.path());
        assertThat(new ProcessBuilder("mkfifo", note.path().toString()).start().waitFor()).isZero();

        assertRefused(note);
        await().until(() -> !sharing.names().contains("sub/note.txt"));
    }

    @Test
    void aChangedFileIsNotServedAsTheOldOne() throws IOException {
        SharedFile film = sharing.file("film.mkv");
        try (FileChannel writer = FileChannel.open(film.path(), StandardOpenOption.WRITE)) {
            writer.write(ByteBuffer.wrap(new byte[10]), 5000);
        }

        assertRefused(film);
    }

    @Test
    void aReplacedFileOfTheSameSizeAndTimeIsNotServedAsTheOldOne() throws IOException {
        SharedFile note = sharing.file("sub/note.txt");
        FileTime time = Files.getLastModifiedTime(note.path());
        Path other = Files.writeString(folder.resolve(".other"), "NOTE");
        Files.setLastModifiedTime(other, time);
        Files.move(other, note.path(), StandardCopyOption.REPLACE_EXISTING);

        assertRefused(note);
    }

    @Test
    void aVanishedFileIsNotServed() throws IOException {
        SharedFile film = sharing.file("film.mkv");
        Files.delete(film.path());

        assertRefused(film);
        await().until(() -> !sharing.names().contains("film.mkv"));
    }

    @Test
    void aFileThatChangesWhileItIsSentEndsTheTransfer() {
        SharedFile film = sharing.file("film.mkv");
        Saboteur target = new Saboteur(film.path());

        assertThatIOException().isThrownBy(() -> film.transferTo(0, SIZE, target));
        assertThat(target.received).isLessThan(SIZE);
    }

    private static void assertRefused(SharedFile file) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        assertThatIOException().isThrownBy(() -> file.transferTo(0, file.size(), Channels.newChannel(sent)))
                .withMessageContaining("has changed or is gone");
        assertThat(sent.size()).isZero();
    }

    /** Takes bytes, and touches the file that they come from. */
    private static final class Saboteur implements WritableByteChannel {

        private final Path file;
        private long received;

        private Saboteur(Path file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            Files.setLastModifiedTime(file, FileTime.fromMillis(received));
            int taken = source.remaining();
            source.position(source.limit());
            received += taken;
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
