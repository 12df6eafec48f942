package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.host.folder.FolderFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a folder's manifest states of the files that are offered below it. */
final class FolderListing {

    private static final Logger LOG = LoggerFactory.getLogger(FolderListing.class);

    private FolderListing() {}

    /** The files as they are in the folder; without those that no manifest can state, which are logged. */
    static List<FolderFile> of(List<SharedFile> offered, Path folder) {
        List<FolderFile> files = new ArrayList<>(offered.size());
        for (SharedFile file : offered) {
            try {
                files.add(new FolderFile(OfferedName.of(folder.relativize(file.path())), file.id(), file.size(),
                        Math.clamp(TimeUnit.NANOSECONDS.toMillis(file.modifiedNanos()), 0, FolderFile.LATEST),
                        isExecutable(file.path())));
            } catch (IllegalArgumentException untellable) {
                LOG.warn("{} is left out of the folder {}: {}", file.path(), folder, untellable.getMessage());
            }
        }
        return files;
    }

    private static boolean isExecutable(Path file) {
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                    .contains(PosixFilePermission.OWNER_EXECUTE);
        } catch (UnsupportedOperationException | IOException unknown) {
            LOG.debug("whether {} is executable is not known: {}", file, unknown.toString());
            return false;
        }
    }
}
