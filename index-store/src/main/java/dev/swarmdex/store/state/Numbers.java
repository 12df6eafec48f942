package dev.swarmdex.store.state;

/**
 * Gives out the numbers of rows, in the order of their commits. One writer owns it, so a batch knows all its numbers before
 * it reaches the database, and nothing has to be read back. Not safe for several threads.
 */
public final class Numbers {

    private long content;
    private long peer;
    private long session;
    private long mapping;
    private long download;

    /** Goes on after the highest numbers that were given out. */
    public Numbers(long content, long peer, long session, long mapping, long download) {
        this.content = content;
        this.peer = peer;
        this.session = session;
        this.mapping = mapping;
        this.download = download;
    }

    /** The last number of a content. */
    public long content() {
        return content;
    }

    /** The last number of a peer. */
    public long peer() {
        return peer;
    }

    /** The last number of a session. */
    public long session() {
        return session;
    }

    /** The last number of a mapping. */
    public long mapping() {
        return mapping;
    }

    /** The last number of a download. */
    public long download() {
        return download;
    }

    long nextContent() {
        return ++content;
    }

    long nextPeer() {
        return ++peer;
    }

    long nextSession() {
        return ++session;
    }

    long nextMapping() {
        return ++mapping;
    }

    long nextDownload() {
        return ++download;
    }
}
