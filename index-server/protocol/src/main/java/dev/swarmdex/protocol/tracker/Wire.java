package dev.swarmdex.protocol.tracker;

/** The numbers of BEP 15. */
final class Wire {

    /** Where a request of a client that has no connection id yet has this instead. */
    static final long MAGIC = 0x417_2710_1980L;
    static final int CONNECT = 0;
    static final int ANNOUNCE = 1;
    static final int SCRAPE = 2;
    static final int ERROR = 3;

    static final int REQUEST_HEADER = 16;
    static final int INFO_HASHES = 16;
    static final int LEFT = 64;
    static final int EVENT = 80;
    static final int WANTED = 92;
    static final int PORT = 96;
    /** What is behind it are the options of BEP 41. */
    static final int ANNOUNCE_LENGTH = 98;

    private Wire() {}
}
