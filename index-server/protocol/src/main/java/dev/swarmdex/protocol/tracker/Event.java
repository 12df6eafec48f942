package dev.swarmdex.protocol.tracker;

/** Why a client announces itself. The order is that of the numbers on the wire. */
public enum Event {
    /** It is time to. */
    NONE,
    /** It has just got all of the content. */
    COMPLETED,
    /** It begins. */
    STARTED,
    /** It takes part no more. */
    STOPPED
}
