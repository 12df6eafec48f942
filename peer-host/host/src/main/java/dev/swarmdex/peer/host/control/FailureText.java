package dev.swarmdex.peer.host.control;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Failures in words for a user: much of what the JDK says of files is a path, and nothing else. */
public final class FailureText {

    private FailureText() {}

    /** What went wrong, and where the JDK does not say so, what to do about it. */
    public static String of(Exception failure) {
        return failure instanceof FileSystemException bare && bare.getReason() == null && bare.getFile() != null
                ? ofBare(bare, Path.of(bare.getFile()).toAbsolutePath().normalize())
                : said(failure);
    }

    /** Some say nothing but what they are. */
    private static String said(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String ofBare(FileSystemException failure, Path path) {
        return switch (failure) {
            case AccessDeniedException _ ->
                "no permission for " + path + ": allow it to this user, or choose another place";
            case NoSuchFileException _ ->
                path + " does not exist, or can't be created there: create it, or choose another place";
            case FileAlreadyExistsException _ ->
                path + " already exists, and is something else: move it away, or choose another place";
            default -> failure.getClass().getSimpleName() + ": " + path;
        };
    }
}
