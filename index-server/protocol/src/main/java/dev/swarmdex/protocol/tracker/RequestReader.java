package dev.swarmdex.protocol.tracker;

import java.nio.ByteBuffer;

/**
 * Reads a request where it lies, so that the millions that a tracker answers cost no allocation. What the accessors return is
 * checked by {@link #read} and holds until the next one. For one thread.
 */
public final class RequestReader {

    /** What a datagram is. */
    public enum Kind {
        /** None of ours: it gets no answer. */
        FOREIGN,
        /** An announce or a scrape that breaks a rule; it has a transaction id and an {@link RequestReader#fault}. */
        MALFORMED,
        /** A {@link Request.Connect}. */
        CONNECT,
        /** A {@link Request.Announce}; options behind it, as in BEP 41, are not looked at. */
        ANNOUNCE,
        /** A {@link Request.Scrape}. */
        SCRAPE
    }

    private static final Event[] EVENTS = Event.values();
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(Wire.ANNOUNCE_LENGTH);

    private ByteBuffer bytes = NOTHING;
    private int start;
    private int length;
    private String fault = "";

    /** Looks at the datagram between the buffer's position and limit, which are left alone. */
    public Kind read(ByteBuffer datagram) {
        bytes = datagram;
        start = datagram.position();
        length = datagram.remaining();
        if (length < Wire.REQUEST_HEADER) {
            return Kind.FOREIGN;
        }
        return switch (bytes.getInt(start + Long.BYTES)) {
            case Wire.CONNECT -> connectionId() == Wire.MAGIC ? Kind.CONNECT : Kind.FOREIGN;
            case Wire.ANNOUNCE -> announce();
            case Wire.SCRAPE -> infoHashes() > 0 ? Kind.SCRAPE : malformed("no info-hash");
            default -> Kind.FOREIGN;
        };
    }

    /** Which rule a malformed request breaks, in a few words. */
    public String fault() {
        return fault;
    }

    /** The connection id, of an announce or a scrape. */
    public long connectionId() {
        return bytes.getLong(start);
    }

    /** What the reply must repeat. */
    public int transactionId() {
        return bytes.getInt(start + Long.BYTES + Integer.BYTES);
    }

    /** How many torrents a scrape is for, at most {@link Request.Scrape#MOST}; an announce is for one. */
    public int infoHashes() {
        return Math.min(Request.Scrape.MOST, (length - Wire.INFO_HASHES) / InfoHash.LENGTH);
    }

    /** {@link InfoHash#first} of one of the info-hashes. */
    public long first(int index) {
        return bytes.getLong(start + Wire.INFO_HASHES + InfoHash.LENGTH * index);
    }

    /** {@link InfoHash#second} of one of the info-hashes. */
    public long second(int index) {
        return bytes.getLong(start + Wire.INFO_HASHES + InfoHash.LENGTH * index + Long.BYTES);
    }

    /** {@link InfoHash#third} of one of the info-hashes. */
    public int third(int index) {
        return bytes.getInt(start + Wire.INFO_HASHES + InfoHash.LENGTH * index + 2 * Long.BYTES);
    }

    /** Whether whoever announces has all of the content. */
    public boolean isComplete() {
        return bytes.getLong(start + Wire.LEFT) == 0;
    }

    /** Why it is announced. */
    public Event event() {
        return EVENTS[bytes.getInt(start + Wire.EVENT)];
    }

    /** How many peers are asked for; negative for what the tracker thinks fit. */
    public int wanted() {
        return bytes.getInt(start + Wire.WANTED);
    }

    /** Where whoever announces takes connections, 1 to 65535. */
    public int port() {
        return Short.toUnsignedInt(bytes.getShort(start + Wire.PORT));
    }

    private Kind announce() {
        if (length < Wire.ANNOUNCE_LENGTH) {
            return malformed("too short");
        }
        if (port() == 0) {
            return malformed("the port is 0");
        }
        int event = bytes.getInt(start + Wire.EVENT);
        return event < 0 || event >= EVENTS.length ? malformed("an unknown event") : Kind.ANNOUNCE;
    }

    private Kind malformed(String why) {
        fault = why;
        return Kind.MALFORMED;
    }
}
