package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.download.PluginSet;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.download.WholePart;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Single files that are copied from other files of this host instead of being fetched. */
record FileCopies(PluginSet plugins, LocalFiles own) {

    private static final Logger LOG = LoggerFactory.getLogger(FileCopies.class);

    /** Copies the content to its target, and offers it there too; of which file, or empty where it is to be fetched. */
    Optional<Path> get(Wanted.Identified wanted) throws IOException, InterruptedException {
        CopyParts.removeLeft(wanted.target());
        Optional<Path> original = Files.exists(wanted.target()) ? Optional.empty() : own.find(wanted.id());
        if (original.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<HashTree> tree = copy(wanted, original.get());
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            LOG.info("{} is a copy of {}", wanted.target(), original.get());
            offer(wanted.target(), tree.get());
        } catch (IOException failure) {
            LOG.info("{} is fetched, since {} can't be copied: {}", wanted.target(), original.get(),
                    failure.toString());
            return Optional.empty();
        }
        return original;
    }

    private void offer(Path copy, HashTree tree) {
        try {
            own.adopt(copy, tree);
        } catch (IOException failure) {
            LOG.warn("{} is there, but not offered: {}", copy, failure.getMessage());
        }
    }

    private Optional<HashTree> copy(Wanted.Identified wanted, Path original) throws IOException, InterruptedException {
        Path target = wanted.target();
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = CopyParts.next(target);
        try (TreeHasher trees = new TreeHasher(plugins.hasher(wanted.id().algorithm()),
                Runtime.getRuntime().availableProcessors())) {
            Optional<HashTree> tree = LocalCopy.make(original, wanted.id(), wanted.size(), part, trees);
            if (tree.isPresent()) {
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                WholePart.moveUnlessThere(part, target);
            }
            return tree;
        } finally {
            CopyParts.remove(part);
        }
    }
}
