package dev.swarmdex.peer.host.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writing past the page cache (O_DIRECT), in whole blocks. */
final class PastCache {

    private static final Logger LOG = LoggerFactory.getLogger(PastCache.class);
    private static final int BLOCK = PieceBuffers.ALIGNMENT;

    private PastCache() {}

    /** A channel that writes a file past the page cache; empty where the file system can't do that. */
    static Optional<FileChannel> open(Path file) {
        try {
            if (BLOCK % Files.getFileStore(file).getBlockSize() == 0) {
                return Optional.of(FileChannel.open(file, StandardOpenOption.WRITE, direct()));
            }
        } catch (IOException | UnsupportedOperationException | ReflectiveOperationException cannot) {
            LOG.debug("{} is written through the page cache: {}", file, cannot.toString());
        }
        return Optional.empty();
    }

    /** How many of the bytes can be written past the page cache, from the first on. */
    static int wholeBlocks(long offset, ByteBuffer bytes) {
        boolean begins = bytes.isDirect() && offset % BLOCK == 0 && bytes.alignmentOffset(bytes.position(), BLOCK) == 0;
        return begins ? bytes.remaining() / BLOCK * BLOCK : 0;
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
