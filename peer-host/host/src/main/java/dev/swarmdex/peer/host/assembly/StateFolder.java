package dev.swarmdex.peer.host.assembly;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A host's state folder, locked for as long as the host lives, so that no two hosts share one. */
final class StateFolder implements AutoCloseable {

    private static final String IDENTITY = "identity";
    private static final int SECRET_BYTES = 16;

    private final Path folder;
    private final FileChannel lock;

    private StateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static StateFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("another peer host runs with the state folder " + folder
                    + "; stop it, or give this one its own state-dir");
        }
        return new StateFolder(folder, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    /** The secret that a state folder holds, or one for once where no host has run with it. */
    static String secretIn(Path folder) throws IOException {
        Path file = folder.resolve(IDENTITY);
        return Files.exists(file) ? readSecret(file) : newSecret();
    }

    /** The random secret, as hex digits, by which the index knows this peer again; made at the first call. */
    String identitySecret() throws IOException {
        Path file = folder.resolve(IDENTITY);
        if (Files.exists(file)) {
            return readSecret(file);
        }
        String secret = newSecret();
        Path fresh = folder.resolve(IDENTITY + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, secret);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return secret;
    }

    private static String readSecret(Path file) throws IOException {
        String secret = Files.readString(file).strip();
        if (!secret.matches("[0-9a-f]{" + 2 * SECRET_BYTES + "}")) {
            throw new IOException(file + " is damaged; remove it, and the index takes this host for a new one");
        }
        return secret;
    }

    private static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
