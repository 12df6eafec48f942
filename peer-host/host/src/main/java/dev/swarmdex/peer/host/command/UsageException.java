package dev.swarmdex.peer.host.command;

import java.io.IOException;

/** A command that was called in a way that makes no sense; exit code 2. */
final class UsageException extends IOException {

    UsageException(String message) {
        super(message);
    }
}
