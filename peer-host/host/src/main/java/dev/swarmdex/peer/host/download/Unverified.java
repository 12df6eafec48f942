package dev.swarmdex.peer.host.download;

/** What of a finished download nobody could vouch for. */
public enum Unverified {
    /** All of it was checked against the content id. */
    NOTHING(""),
    /** The size is the one that was told before; there was no content id to check the bytes against. */
    CONTENT("content"),
    /** Nobody told even the size, so what the protocol fills its last message with may still be at the end. */
    SIZE_AND_CONTENT("size and content");

    private final String words;

    Unverified(String words) {
        this.words = words;
    }

    /** The same for people and programs, empty where all was checked. */
    public String words() {
        return words;
    }
}
