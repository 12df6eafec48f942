package dev.swarmdex.protocol.tracker;

/** Why a client announces itself. */
public enum Event {
    /** It is time to. */
    NONE(0),
    /** It has just got all of the content. */
    COMPLETED(1),
    /** It begins. */
    STARTED(2),
    /** It takes part no more. */
    STOPPED(3);

    private final int number;

    Event(int number) {
        this.number = number;
    }

    /** Its number on the wire: they are counted from 0 in the order of the constants. */
    int number() {
        return number;
    }
}
