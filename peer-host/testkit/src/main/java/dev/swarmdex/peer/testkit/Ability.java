package dev.swarmdex.peer.testkit;

/** What one transport's protocol can do and another's can't. */
public enum Ability {
    /** A read can start anywhere. */
    RANGED,
    /** An offer states the content's size. */
    TELLS_SIZE,
    /** An offer states the content's id, and a content can be asked for by its id alone. */
    CARRIES_IDS,
    /** An offer brings the digests of the content's pieces. */
    CARRIES_PIECE_HASHES,
    /** What is still being downloaded can be served, since an offer lists which pieces are there. */
    TELLS_PIECES,
    /** The answer to a question is different for a content that is not offered and for an empty one. */
    TELLS_ABSENCE,
    /** A server that stops listening goes on with the transfers that have begun. */
    OUTLIVES_LISTENING
}
