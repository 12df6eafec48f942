package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** What can be wrong with an embedded database. */
final class H2Failures implements Failures {

    private final Path file;

    H2Failures(Path file) {
        this.file = file;
    }

    @Override
    public StoreException opening(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        SQLException sql = Failures.find(failure, SQLException.class);
        if (isDiskFull(failure)) {
            return diskFull(failure);
        }
        return new StoreException("the index database " + file + switch (sql == null ? 0 : sql.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                " is in use by another process: stop that one, or choose another store.url";
            case ErrorCode.WRONG_USER_OR_PASSWORD ->
                " belongs to another user: correct store.user and store.password, or choose another store.url";
            default -> " can't be opened: " + Failures.firstLine(failure);
        }, failure);
    }

    /** Why an existing file can't be read, not even without writing to it. */
    StoreException reading(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        SQLException sql = Failures.find(failure, SQLException.class);
        return switch (sql == null ? 0 : sql.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1, ErrorCode.WRONG_USER_OR_PASSWORD -> opening(failure);
            default -> Files.isReadable(file)
                    ? new StoreException("the index database " + file + " is damaged, or not a database: move it away,"
                            + " and put a backup in its place if there is one ("
                            + Failures.firstLine(failure) + ")", failure)
                    : new StoreException("the index database " + file
                            + " can't be read: allow it to this user, or choose another store.url", failure);
        };
    }

    /** The file has no tables of ours. */
    StoreException notAnIndex() {
        return new StoreException("the file " + file + " is not an index database, or damaged beyond reading: move it"
                + " away, or choose another store.url");
    }

    @Override
    public StoreException writing(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        if (isDiskFull(failure)) {
            return diskFull(failure);
        }
        return new StoreException("the index database " + file + " can't be written: " + Failures.firstLine(failure),
                failure);
    }

    private StoreException diskFull(Throwable failure) {
        return new StoreException("the disk is full: make room for the index database " + file, failure);
    }

    /** The operating system's own words are all there is to tell it by: Java has no exception for it. */
    private static boolean isDiskFull(Throwable failure) {
        IOException io = Failures.find(failure, IOException.class);
        String message = io == null || io.getMessage() == null ? "" : io.getMessage();
        return message.contains("No space left") || message.contains("quota exceeded")
                || message.contains("File too large")
                || message.contains("not enough space");
    }
}
