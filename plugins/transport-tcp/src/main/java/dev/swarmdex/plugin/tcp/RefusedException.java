package dev.swarmdex.plugin.tcp;

import java.io.IOException;

/** The peer understood a request and refused it; the connection stays usable. */
final class RefusedException extends IOException {

    RefusedException(String message) {
        super(message);
    }
}
