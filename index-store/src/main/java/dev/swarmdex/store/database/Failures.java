package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Says in plain words what is wrong with a database, and the cure. */
final class Failures {

    private final Path file;

    Failures(Path file) {
        this.file = file;
    }

    /** Why the database can't be opened. */
    StoreException opening(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        SQLException sql = find(failure, SQLException.class);
        if (isDiskFull(failure)) {
            return diskFull(failure);
        }
        return new StoreException("the index database " + file + switch (sql == null ? 0 : sql.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                " is in use by another process: stop that one, or choose another store.url";
            case ErrorCode.WRONG_USER_OR_PASSWORD ->
                " belongs to another user: correct store.user and store.password, or choose another store.url";
            default -> " can't be opened: " + firstLine(sql == null ? failure : sql);
        }, failure);
    }

    /** Why an existing file can't be read, not even without writing to it. */
    StoreException reading(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        SQLException sql = find(failure, SQLException.class);
        return switch (sql == null ? 0 : sql.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1, ErrorCode.WRONG_USER_OR_PASSWORD -> opening(failure);
            default -> Files.isReadable(file)
                    ? new StoreException("the index database " + file + " is damaged, or not a database: move it away,"
                            + " and put a backup in its place if there is one ("
                            + firstLine(sql == null ? failure : sql) + ")", failure)
                    : new StoreException("the index database " + file
                            + " can't be read: allow it to this user, or choose another store.url", failure);
        };
    }

    /** Why changes can't be written. */
    StoreException writing(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        if (isDiskFull(failure)) {
            return diskFull(failure);
        }
        SQLException sql = find(failure, SQLException.class);
        return new StoreException(
                "the index database " + file + " can't be written: " + firstLine(sql == null ? failure : sql), failure);
    }

    /** Whether a change was refused for what it is, so that others may pass: a broken constraint or an impossible value. */
    static boolean isOfTheChange(Throwable failure) {
        SQLException sql = find(failure, SQLException.class);
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        return state.startsWith("22") || state.startsWith("23");
    }

    private StoreException diskFull(Throwable failure) {
        return new StoreException("the disk is full: make room for the index database " + file, failure);
    }

    /** The operating system's own words are all there is to tell it by: Java has no exception for it. */
    private static boolean isDiskFull(Throwable failure) {
        IOException io = find(failure, IOException.class);
        String message = io == null || io.getMessage() == null ? "" : io.getMessage();
        return message.contains("No space left") || message.contains("quota exceeded")
                || message.contains("File too large")
                || message.contains("not enough space");
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.lines().findFirst().orElse("");
        int end = line.indexOf("; SQL statement:");
        return end < 0 ? line : line.substring(0, end);
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
