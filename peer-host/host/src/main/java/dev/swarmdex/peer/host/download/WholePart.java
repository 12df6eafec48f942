package dev.swarmdex.peer.host.download;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** How a file that is whole gets its last name. */
public final class WholePart {

    private WholePart() {}

    /**
     * Gives a whole file its name, unless the very same is there by now, put there by another download say.
     *
     * @return whether it was moved
     * @throws FileAlreadyExistsException when something else is there
     */
    public static boolean moveUnlessThere(Path part, Path target) throws IOException {
        try {
            Files.move(part, target);
            return true;
        } catch (FileAlreadyExistsException there) {
            if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(part, target) >= 0) {
                throw there;
            }
            return false;
        }
    }
}
