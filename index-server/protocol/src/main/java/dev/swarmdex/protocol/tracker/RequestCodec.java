package dev.swarmdex.protocol.tracker;

import java.nio.ByteBuffer;

/** Writes requests, as clients send them. */
public final class RequestCodec {

    private static final long PEER_ID = 0x2d53_5830_3030_312dL; // -SX0001-

    private RequestCodec() {}

    /** The request's datagram. */
    public static ByteBuffer encode(Request request) {
        ByteBuffer target = ByteBuffer.allocate(length(request));
        switch (request) {
            case Request.Connect connect ->
                target.putLong(Wire.MAGIC).putInt(Wire.CONNECT).putInt(connect.transactionId());
            case Request.Announce announce -> write(announce, target);
            case Request.Scrape scrape -> {
                target.putLong(scrape.connectionId()).putInt(Wire.SCRAPE).putInt(scrape.transactionId());
                scrape.infoHashes().forEach(hash -> hash.write(target));
            }
        }
        return target.flip();
    }

    private static int length(Request request) {
        return switch (request) {
            case Request.Connect _ -> Wire.REQUEST_HEADER;
            case Request.Announce _ -> Wire.ANNOUNCE_LENGTH;
            case Request.Scrape scrape -> Wire.REQUEST_HEADER + InfoHash.LENGTH * scrape.infoHashes().size();
        };
    }

    /** The address is left to the tracker, which sees it; nothing is said of bytes that were sent or received. */
    private static void write(Request.Announce announce, ByteBuffer target) {
        target.putLong(announce.connectionId()).putInt(Wire.ANNOUNCE).putInt(announce.transactionId());
        announce.infoHash().write(target);
        target.putLong(PEER_ID).putLong(0).putInt(announce.port()); // the peer id tells clients of one machine apart
        target.putLong(Wire.LEFT, announce.left());
        target.putInt(Wire.EVENT, announce.event().number()).putInt(Wire.WANTED, announce.wanted());
        target.putShort(Wire.PORT, (short) announce.port()).position(Wire.ANNOUNCE_LENGTH);
    }
}
