package dev.swarmdex.peer.host.download;

/** No source is left that the download's route could use. */
final class NoSourceException extends DownloadException {

    private final boolean othersExist;

    /** A failure with the message to show; whether there are sources that another route may use. */
    NoSourceException(String message, boolean othersExist) {
        super(message);
        this.othersExist = othersExist;
    }

    boolean othersExist() {
        return othersExist;
    }
}
