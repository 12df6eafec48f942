package dev.swarmdex.store.database;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system {@code snapshot:} of H2: a database file is read past its lock and never written, since what H2 writes to
 * it stays in memory. Public only because H2 makes its instances.
 */
public final class SnapshotPath extends FilePathWrapper {

    static final String SCHEME = "snapshot";
    private static final String DATABASE = ".mv.db";

    /** A path that H2 fills in. */
    public SnapshotPath() {
        // nothing to do
    }

    static void register() {
        FilePath.register(new SnapshotPath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return isDatabase() ? openSnapshot() : super.open(mode);
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public boolean createFile() {
        return !isDatabase() && super.createFile();
    }

    @Override
    public void delete() {
        if (!isDatabase()) {
            super.delete();
        }
    }

    @Override
    public void moveTo(FilePath target, boolean atomically) {
        if (!isDatabase()) {
            super.moveTo(target, atomically);
        }
    }

    @Override
    public boolean setReadOnly() {
        return false;
    }

    private FileChannel openSnapshot() throws IOException {
        Closeable reading = Readers.enter(Path.of(getBase().toString()));
        try {
            return new SnapshotFile(super.open("r"), reading);
        } catch (IOException e) {
            reading.close();
            throw e;
        }
    }

    /** Whether it is the file itself, or one that the server makes beside it while it compacts. */
    private boolean isDatabase() {
        return getName().contains(DATABASE);
    }
}
