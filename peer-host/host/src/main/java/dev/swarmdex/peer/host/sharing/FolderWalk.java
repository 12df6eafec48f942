package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks through what may be shared below a folder: not through hidden folders nor the state folder, and never along a
 * link. What can't be read, or goes while it is read, is left out.
 *
 * @param root the shared folder
 * @param never the folder that is never entered
 * @param stopped ends the walk early
 */
record FolderWalk(Path root, Path never, BooleanSupplier stopped) {

    /** Takes what the walk comes by; what it throws ends the walk. */
    interface Visitor {

        void folder(Path folder) throws IOException;

        void file(Path file, BasicFileAttributes attributes) throws IOException;

        /** Something is there that can't be read. */
        void unreadable(Path path, IOException failure);
    }

    /** Walks through the root or a folder below it, a folder before what is in it. */
    void from(Path start, Visitor visitor) throws IOException {
        Files.walkFileTree(start, new FileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!isEntered(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                visitor.folder(folder);
                return next();
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                visitor.file(file, attributes);
                return next();
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                leaveOut(file, failure, visitor);
                return next();
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
                if (failure != null) {
                    leaveOut(folder, failure, visitor);
                }
                return next();
            }
        });
    }

    private boolean isEntered(Path folder) {
        return folder.equals(root) || (!OfferedName.isHidden(folder) && !folder.equals(never));
    }

    private FileVisitResult next() {
        return stopped.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private static void leaveOut(Path path, IOException failure, Visitor visitor) {
        if (!(failure instanceof NoSuchFileException)) {
            visitor.unreadable(path, failure);
        }
    }
}
