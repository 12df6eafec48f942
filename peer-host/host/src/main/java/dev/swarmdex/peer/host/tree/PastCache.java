package dev.swarmdex.peer.host.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access to files past the page cache (O_DIRECT), in whole blocks at aligned addresses. */
public final class PastCache {

    /** What positions, lengths and addresses must be multiples of, in bytes: file systems ask for 512 or 4096. */
    public static final int ALIGNMENT = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(PastCache.class);

    private PastCache() {}

    /** A channel to a file past the page cache, with further options; empty where the file system can't do that. */
    public static Optional<FileChannel> open(Path file, OpenOption... options) {
        try {
            if (ALIGNMENT % Files.getFileStore(file).getBlockSize() == 0) {
                List<OpenOption> all = new ArrayList<>(List.of(options));
                all.add(direct());
                return Optional.of(FileChannel.open(file, all.toArray(OpenOption[]::new)));
            }
        } catch (IOException | UnsupportedOperationException | ReflectiveOperationException cannot) {
            LOG.debug("{} goes through the page cache: {}", file, cannot.toString());
        }
        return Optional.empty();
    }

    /** How many of the bytes can be written past the page cache, from the first on. */
    public static int wholeBlocks(long offset, ByteBuffer bytes) {
        boolean begins = bytes.isDirect() && offset % ALIGNMENT == 0
                && bytes.alignmentOffset(bytes.position(), ALIGNMENT) == 0;
        return begins ? bytes.remaining() / ALIGNMENT * ALIGNMENT : 0;
    }

    /**
     * O_DIRECT. The JDK's module jdk.unsupported exports and documents it, but javac warns of each mention, and can't be
     * told not to: hence by its name.
     */
    private static OpenOption direct() throws ReflectiveOperationException {
        for (Object option : Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
            if (option instanceof OpenOption known && option.toString().equals("DIRECT")) {
                return known;
            }
        }
        throw new ClassNotFoundException("this JDK has no option DIRECT");
    }
}
