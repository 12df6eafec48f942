package dev.swarmdex.protocol.tracker;

import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads replies, as clients get them. */
public final class ReplyCodec {

    private static final int HEADER = 8;
    private static final int COUNTS = 12;
    private static final int IPV4_PEER = 6;
    private static final int IPV6_PEER = 18;

    private ReplyCodec() {}

    /**
     * The reply in a datagram.
     *
     * @param ipv4 whether it came by IPv4: then its peers have such addresses
     */
    public static Reply decode(ByteBuffer datagram, boolean ipv4) throws MalformedMessageException {
        ByteBuffer bytes = datagram.slice();
        need(bytes, HEADER);
        int action = bytes.getInt();
        int transactionId = bytes.getInt();
        return switch (action) {
            case Wire.CONNECT -> {
                need(bytes, Long.BYTES);
                yield new Reply.Connected(transactionId, bytes.getLong());
            }
            case Wire.ANNOUNCE -> {
                need(bytes, COUNTS);
                yield new Reply.Announced(transactionId, bytes.getInt(), bytes.getInt(), bytes.getInt(),
                        peers(bytes, ipv4));
            }
            case Wire.SCRAPE -> new Reply.Scraped(transactionId, swarms(bytes));
            case Wire.ERROR ->
                new Reply.Failed(transactionId, StandardCharsets.US_ASCII.decode(bytes).toString());
            default -> throw MalformedMessageException.foreign("an unknown action: " + action);
        };
    }

    private static List<PeerAddress> peers(ByteBuffer bytes, boolean ipv4) throws MalformedMessageException {
        List<PeerAddress> peers = new ArrayList<>();
        while (bytes.hasRemaining()) {
            need(bytes, ipv4 ? IPV4_PEER : IPV6_PEER);
            peers.add(MalformedMessageException.reading(() -> ipv4
                    ? PeerAddress.ipv4(bytes.getInt(), Short.toUnsignedInt(bytes.getShort()))
                    : new PeerAddress(bytes.getLong(), bytes.getLong(), Short.toUnsignedInt(bytes.getShort()))));
        }
        return peers;
    }

    private static List<Reply.Counts> swarms(ByteBuffer bytes) throws MalformedMessageException {
        List<Reply.Counts> swarms = new ArrayList<>();
        while (bytes.hasRemaining()) {
            need(bytes, COUNTS);
            swarms.add(new Reply.Counts(bytes.getInt(), bytes.getInt(), bytes.getInt()));
        }
        return swarms;
    }

    private static void need(ByteBuffer bytes, int count) throws MalformedMessageException {
        if (bytes.remaining() < count) {
            throw MalformedMessageException.malformed("a reply that ends too soon");
        }
    }
}
