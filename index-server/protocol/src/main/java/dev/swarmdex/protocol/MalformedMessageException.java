package dev.swarmdex.protocol;

/**
 * Bytes that are not a message of the protocol at hand. The message says why, for a person to read. It carries no stack
 * trace: whoever floods a server with garbage should not make it walk its stack each time.
 */
public final class MalformedMessageException extends Exception {

    private final boolean foreign;

    private MalformedMessageException(boolean foreign, String message) {
        super(message, null, false, false);
        this.foreign = foreign;
    }

    /** Bytes that are not of this protocol. */
    public static MalformedMessageException foreign(String message) {
        return new MalformedMessageException(true, message);
    }

    /** A message of this protocol that breaks its rules. */
    public static MalformedMessageException malformed(String message) {
        return new MalformedMessageException(false, message);
    }

    /** Whether the bytes are not even of this protocol, and so deserve silence; otherwise its own error is the answer. */
    public boolean isForeign() {
        return foreign;
    }

    /** Reads a message, and turns what the messages' constructors throw into this exception. */
    public static <T> T reading(Reading<T> reading) throws MalformedMessageException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** What reads a message. */
    @FunctionalInterface
    public interface Reading<T> {

        /** Reads, and throws an {@link IllegalArgumentException} where a rule is broken. */
        T read() throws MalformedMessageException;
    }
}
