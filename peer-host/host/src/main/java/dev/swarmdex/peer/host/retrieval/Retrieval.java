package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.discovery.Discovery;
import dev.swarmdex.peer.host.discovery.TargetPath;
import dev.swarmdex.peer.host.download.Downloads;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.PluginSet;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Gets contents, files and folders, to this host's disk. Safe for any number of threads. */
public final class Retrieval {

    private final Discovery discovery;
    private final Downloads downloads;
    private final FolderDownloads folders;
    private final FileCopies copies;
    private final LocalFiles own;
    private final Path downloadDir;

    /** Gets contents to that folder, unless another place is wished for; what the host has already is copied. */
    public Retrieval(Discovery discovery, Downloads downloads, FolderDownloads folders, PluginSet plugins,
            LocalFiles own, Path downloadDir) {
        this.discovery = discovery;
        this.downloads = downloads;
        this.folders = folders;
        this.copies = new FileCopies(plugins, own);
        this.own = own;
        this.downloadDir = downloadDir;
    }

    /**
     * What a user wants to get.
     *
     * @param content its name or id; a folder's may be without {@value Manifest#SUFFIX}
     * @param from the only peer to download from, if there is to be one only
     * @param output the file, or the folder (existing, or with a slash at its end), to download to, if not the usual one; for a
     *        folder the folder itself, or, with a slash at its end, the one to put it in
     * @param sequential whether files are to come from their first piece to their last, for watching while they do
     */
    public record Order(String content, Optional<String> from, Optional<String> output, boolean sequential) {}

    /**
     * The result for a single file.
     *
     * @param unverified what could not be verified, empty when all was
     * @param copiedFrom the other file of this host that it was copied from, empty when it was not
     * @param obstacle why others don't find it here by its name, empty when they do, or this host offers nothing
     */
    public record FileDownloaded(String name, String id, long size, String path, double seconds,
            Map<String, Long> from, String unverified, String copiedFrom, String obstacle) {}

    /**
     * Gets it, blocking until it is there.
     *
     * @param events takes what there is to tell before the end: {@link FileResult}, {@link FolderProgress}, or
     *        {@link dev.swarmdex.peer.host.download.DownloadProgress}
     * @return {@link FileDownloaded} or {@link FolderResult}
     * @throws IOException when it can't be done, with a message for the user
     */
    public Record get(Order order, Consumer<Record> events) throws IOException, InterruptedException {
        Wanted found = discovery.resolve(order.content(), order.from(), downloadDir, order.output());
        Wanted wanted = order.sequential() && found instanceof Wanted.Identified known ? known.sequential() : found;
        if (wanted instanceof Wanted.Identified known && known.name().endsWith(Manifest.SUFFIX)
                && known.name().length() > Manifest.SUFFIX.length() && known.size() <= Manifest.LARGEST) {
            String folder = known.name().substring(0, known.name().length() - Manifest.SUFFIX.length());
            Optional<FolderResult> got = folders.get(known, TargetPath.ofFolder(folder, downloadDir, order.output()),
                    order.from(), events::accept, events::accept);
            if (got.isPresent()) {
                return got.get();
            }
        }
        return getFile(wanted, order, events);
    }

    /** How far everything is that is being got, as {@link #get} tells it. */
    public List<Record> active() {
        return Stream.<Record>concat(downloads.active().stream(), folders.active().stream()).toList();
    }

    private FileDownloaded getFile(Wanted wanted, Order order, Consumer<Record> events)
            throws IOException, InterruptedException {
        Path target = wanted.target();
        long start = System.nanoTime();
        if (wanted instanceof Wanted.Identified known && order.from().isEmpty()) {
            Optional<Path> original = copies.get(known);
            if (original.isPresent()) {
                return new FileDownloaded(known.name(), known.id().toString(), known.size(), target.toString(),
                        (System.nanoTime() - start) / 1e9, Map.of(), "", original.get().toString(),
                        own.obstacle(target, known.id()).orElse(""));
            }
        }
        Finished finished = downloads.get(wanted, discovery.sources(wanted, order.from()), events::accept);
        HashTree tree = finished.tree();
        return new FileDownloaded(wanted.name(), tree.root().toString(), tree.size(), target.toString(),
                finished.took().toMillis() / 1e3, finished.bytesFrom(), finished.unverified().words(), "",
                own.obstacle(target, tree.root()).orElse(""));
    }
}
