package dev.swarmdex.peer.host.download;

import java.io.IOException;

/** A source sent bytes, or digests, that do not belong to the content. */
final class WrongBytesException extends IOException {

    WrongBytesException(String what) {
        super(what);
    }
}
