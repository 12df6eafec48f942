package dev.swarmdex.protocol.pdu;

/** What {@code E} says. */
public enum ErrorCode {
    /** The other end leaves. */
    EXIT(1),
    /** A packet was lost, or the last command failed. */
    FAILED(2),
    /** There is no such content. */
    NOT_FOUND(3);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    static ErrorCode parse(String text) {
        for (ErrorCode code : values()) {
            if (Integer.toString(code.number).equals(text)) {
                return code;
            }
        }
        throw new IllegalArgumentException("there is no such error code");
    }
}
