package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.config.DataRate;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.discovery.Discovery;
import dev.swarmdex.peer.host.discovery.Inquiry;
import dev.swarmdex.peer.host.discovery.KnownHosts;
import dev.swarmdex.peer.host.download.DownloadListener;
import dev.swarmdex.peer.host.download.DownloadSettings;
import dev.swarmdex.peer.host.download.Downloads;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.Interrupted;
import dev.swarmdex.peer.host.download.PartialShelf;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.peer.host.index.IndexException;
import dev.swarmdex.peer.host.index.PeersFile;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.MemoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several who wait for one download of a folder. */
@Timeout(60)
class FolderDownloadsTest {

    private static final int COUNT = 5;

    @TempDir
    Path temp;

    private final ScriptedHolders holders = new ScriptedHolders();
    private final IndexClient index = new IndexClient(List.of(), new Random(1));
    private final RateLimit unlimited = new RateLimit(DataRate.UNLIMITED);
    private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch joined = new CountDownLatch(1);
    private final Own own = new Own();
    private byte[] bytes = {};
    private Downloads files;
    private FolderDownloads folders;
    private Means means;
    private FolderSources sources;
    private Wanted.Identified manifest;

    /** A folder of which all is there already, so that nobody has to be asked for anything. */
    @BeforeEach
    void open() throws IOException {
        List<FolderFile> wanted = holders.files(COUNT);
        for (FolderFile file : wanted) {
            Path there = folder().resolve(file.path());
            Files.createDirectories(there.getParent());
            Files.write(there, holders.bytes(file));
        }
        bytes = Manifest.of(wanted).encode();
        writeManifest();
        ContentId id = MemoryTree.of(holders.hasher(), ByteBuffer.wrap(bytes)).root();
        manifest = new Wanted.Identified("set.folder", id, bytes.length, folder());
        files = new Downloads(holders, DownloadSettings.DEFAULT, unlimited, new PartialShelf("me"));
        KnownHosts none = KnownHosts.open(Optional.empty(), new Inquiry(holders), _ -> false);
        Discovery discovery = new Discovery(index, none, new PeersFile(index, temp), new Inquiry(holders), Set::of,
                "me");
        means = new Means(holders, discovery, files, own, unlimited);
        folders = new FolderDownloads(means, new Nobody());
        sources = new FolderSources(means, manifest, Optional.empty());
    }

    @AfterEach
    void close() {
        others.close();
        files.close();
        index.close();
    }

    @Test
    void who_joined_goes_on_when_the_one_who_began_can_no_longer_be_told() throws Exception {
        IOException gone = new IOException("Broken pipe");
        Future<Optional<FolderResult>> first = begin(_ -> {
            awaitJoined();
            throw new UncheckedIOException(gone);
        });

        assertWhole(get(_ -> joined.countDown()));
        assertThatThrownBy(first::get).hasRootCause(gone);
    }

    @Test
    void who_joined_goes_on_when_the_one_who_began_is_interrupted_while_it_reads_a_file() throws Exception {
        own.offering = () -> {
            awaitJoined();
            own.offering = () -> {};
            writeManifest(); // which was done with, and which nobody offers
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        };
        Future<Optional<FolderResult>> first = begin(_ -> {});

        assertWhole(get(_ -> joined.countDown()));
        assertThatThrownBy(first::get).hasCauseInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void what_is_wrong_with_the_download_is_told_to_all_who_wait_for_it() throws Exception {
        own.looking = () -> {
            awaitJoined();
            throw new UncheckedIOException(new IOException("the disk is gone"));
        };
        Future<Optional<FolderResult>> first = begin(_ -> {});

        assertThatThrownBy(() -> get(_ -> joined.countDown())).hasMessageContaining("the disk is gone");
        assertThatThrownBy(first::get).hasRootCauseMessage("the disk is gone");
    }

    @Test
    void a_folder_that_can_not_be_offered_is_downloaded_all_the_same() throws Exception {
        own.offering = () -> {
            throw new IOException("another one already has the name set.folder");
        };

        assertWhole(get(_ -> {}));
    }

    @Test
    void what_is_left_of_another_version_of_the_manifest_is_in_nobodys_way() throws Exception {
        Path kept = folder().resolve(TargetFolder.MANIFEST);
        Files.delete(kept);
        ContentId other = new ContentId("sha256-tree", "ab".repeat(32));
        Interrupted.after(1, new Wanted.Identified("set.folder", other, bytes.length, kept));

        assertThatThrownBy(() -> get(_ -> {})).as("nobody to ask").isInstanceOf(IndexException.class);

        Interrupted.after(1, new Wanted.Identified("set.folder", manifest.id(), bytes.length, kept));
        Files.write(kept.resolveSibling(TargetFolder.MANIFEST + ".part"), bytes);
        assertWhole(get(_ -> {}));
    }

    @Test
    void what_an_interrupted_attempt_has_stored_needs_no_room_once_more() throws Exception {
        long size = Files.getFileStore(temp).getUsableSpace() / 10 * 6;
        ContentId id = new ContentId("sha256-tree", "ab".repeat(32));
        List<FolderFile> large = List.of(new FolderFile("begun", id, size, 0, false),
                new FolderFile("new", id, size, 0, false));
        Interrupted.after(HashTree.pieceCount(size) - 1,
                new Wanted.Identified("begun", id, size, folder().resolve("begun")));
        FolderDownload download = new FolderDownload(manifest, TargetFolder.open(folder()), means, sources,
                DownloadListener.NONE);

        assertThatThrownBy(() -> download.run(Manifest.of(large))).as("nobody to ask")
                .isInstanceOf(IndexException.class);
    }

    /** Begins the download, and returns when it is under way. */
    private Future<Optional<FolderResult>> begin(Consumer<FolderProgress> progress) throws InterruptedException {
        Future<Optional<FolderResult>> first = others.submit(() -> get(each -> {
            begun.countDown();
            progress.accept(each);
        }));
        begun.await();
        return first;
    }

    private void awaitJoined() {
        try {
            joined.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertWhole(Optional<FolderResult> result) {
        assertThat(result).hasValueSatisfying(whole -> {
            assertThat(whole.failed()).isEmpty();
            assertThat(whole.present()).isEqualTo(COUNT);
        });
    }

    private Optional<FolderResult> get(Consumer<FolderProgress> progress) throws IOException, InterruptedException {
        return folders.get(manifest, folder(), Optional.empty(), _ -> {}, progress);
    }

    private void writeManifest() throws IOException {
        Files.write(folder().resolve(TargetFolder.MANIFEST), bytes);
    }

    private Path folder() {
        return temp.resolve("set");
    }

    private interface Action {

        void run() throws IOException;
    }

    /** What the host has: nothing yet. */
    private static final class Own implements LocalFiles {

        private volatile Action offering = () -> {};
        private volatile Runnable looking = () -> {};

        @Override
        public Optional<ContentId> knownId(Path file) {
            looking.run();
            return Optional.empty();
        }

        @Override
        public Optional<Path> find(ContentId content) {
            return Optional.empty();
        }

        @Override
        public void adopt(Path file, HashTree tree) {
            // nobody asks for it
        }

        @Override
        public void adopt(Path folder, Map<Path, HashTree> trees) {
            // nobody asks for them
        }

        @Override
        public void offer(Path folder) throws IOException {
            offering.run();
        }

        @Override
        public Optional<String> obstacle(Path file, ContentId content) {
            return Optional.empty();
        }
    }

    /** How it is reported is of no concern here. */
    private static final class Nobody implements FolderDownloads.Reports {

        @Override
        public void ended(Wanted.Identified ended, boolean whole, Duration took, Map<String, Long> bytesFrom,
                Set<String> liars) {
            // nobody wants to know
        }

        @Override
        public void finished(Finished download, Set<String> liars) {
            // nobody wants to know
        }

        @Override
        public void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> liars,
                Exception problem) {
            // nobody wants to know
        }
    }
}
