package dev.swarmdex.plugin.tcp;

import java.io.IOException;

/** The other side sent what the protocol does not allow, so that nothing after it on the connection can be trusted. */
final class ProtocolException extends IOException {

    ProtocolException(String message) {
        super(message);
    }
}
