package dev.swarmdex.protocol.tracker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes replies into a buffer of the tracker's. A reply that is longer than {@link #LONGEST} can't be written. */
public final class ReplyWriter {

    /** The most bytes of a datagram: it passes every usual path in one piece. */
    public static final int LONGEST = 1200;

    /** The most IPv4 peers of a reply. */
    public static final int MOST_IPV4 = (LONGEST - 20) / 6;

    /** The most IPv6 peers of a reply. */
    public static final int MOST_IPV6 = (LONGEST - 20) / 18;

    private static final int ERROR_HEADER = 8;

    private ReplyWriter() {}

    /** Writes the reply to a connect, which is as long as that. */
    public static void connected(ByteBuffer target, int transactionId, long connectionId) {
        target.putInt(Wire.CONNECT).putInt(transactionId).putLong(connectionId);
    }

    /** Writes what comes before the peers in the reply to an announce; the interval is in seconds. */
    public static void announced(ByteBuffer target, int transactionId, int interval, int leechers, int seeders) {
        target.putInt(Wire.ANNOUNCE).putInt(transactionId).putInt(interval).putInt(leechers).putInt(seeders);
    }

    /** Writes one of the peers, all of which are of one family. */
    public static void peer(ByteBuffer target, boolean ipv4, long high, long low, int port) {
        if (ipv4) {
            target.putInt((int) low).putShort((short) port);
        } else {
            target.putLong(high).putLong(low).putShort((short) port);
        }
    }

    /** Writes what comes before the swarms in the reply to a scrape. */
    public static void scraped(ByteBuffer target, int transactionId) {
        target.putInt(Wire.SCRAPE).putInt(transactionId);
    }

    /** Writes one of the swarms. */
    public static void swarm(ByteBuffer target, int seeders, int completed, int leechers) {
        target.putInt(seeders).putInt(completed).putInt(leechers);
    }

    /**
     * Writes an error, whose message is cut where it would be longer than that many bytes: those of the request, if nothing
     * proves where that came from.
     */
    public static void failed(ByteBuffer target, int transactionId, String message, int mostBytes) {
        byte[] text = message.getBytes(StandardCharsets.US_ASCII);
        target.putInt(Wire.ERROR).putInt(transactionId);
        target.put(text, 0, Math.min(text.length, Math.min(mostBytes, LONGEST) - ERROR_HEADER));
    }
}
