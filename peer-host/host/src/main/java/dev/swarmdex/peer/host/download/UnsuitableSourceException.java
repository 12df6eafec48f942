package dev.swarmdex.peer.host.download;

import java.io.IOException;

/** A source works, but the route that a download is on has no use for what it offers. */
final class UnsuitableSourceException extends IOException {

    private final Lack lack;

    /** What an offer can lack. */
    enum Lack {
        /** The wanted content: it has another size or id. */
        SAME_CONTENT("it offers another content under this name"),
        /** Reading from anywhere. */
        RANGES("it can't send single pieces"),
        /** The whole: it is downloading the content itself. */
        ALL_PIECES("it has only part of it yet"),
        /** Piece hashes, which other sources may have. */
        HASHES("it has no piece hashes");

        private final String reason;

        Lack(String reason) {
            this.reason = reason;
        }
    }

    UnsuitableSourceException(Lack lack) {
        super(lack.reason);
        this.lack = lack;
    }

    Lack lack() {
        return lack;
    }
}
