package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.WireText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns replies into PDUs: one for most, many for a list. */
public final class ReplyCodec {

    private static final int PORT = 20;
    private static final String FROM = " from ";
    private static final Pattern COUNT_OR_LINE = Pattern
            .compile("[1-9][0-9]{0,9}\\x00+|[^\\x00]{1,10}" + FROM + "[^\\x00]+\\x00*");
    /** The address with its padding takes the bytes before {@link #PORT}. */
    private static final Pattern ADDRESS_AND_PORT = Pattern
            .compile("(?=[0-9.\\x00]{" + PORT + "}[1-9])[0-9.]{7,15}\\x00+[0-9]{1,5}\\x00+");

    private ReplyCodec() {}

    /** The PDUs of a reply, 101 bytes each, to be sent in this order, each as a datagram. */
    public static List<ByteBuffer> encode(Reply reply) {
        return switch (reply) {
            case Reply.Done(String message) -> List.of(text('A', message));
            case Reply.Failed(String message) -> List.of(text('E', message));
            case Reply.Found(Address server) -> List
                    .of(Pdu.of('S').put(0, server.host()).put(PORT, Integer.toString(server.port())).datagram());
            case Reply.Listing(var offers) -> listing(offers);
        };
    }

    /**
     * Whether a PDU of a type that requests have as well is one of those above. Whoever took it for a request would answer an
     * index's answer, and two that do so never stop.
     */
    static boolean isReply(Pdu pdu) {
        return switch (pdu.type()) {
            case 'O' -> COUNT_OR_LINE.matcher(pdu.latin()).matches();
            case 'S' -> pdu.dataAt(PORT) != 0 && ADDRESS_AND_PORT.matcher(pdu.latin()).matches();
            default -> false;
        };
    }

    private static List<ByteBuffer> listing(List<Reply.Offer> offers) {
        List<ByteBuffer> pdus = new ArrayList<>();
        pdus.add(text('O', Integer.toString(offers.size())));
        offers.forEach(offer -> pdus.add(text('O', line(offer))));
        return pdus;
    }

    private static String line(Reply.Offer offer) {
        return WireText.printable(offer.content() + FROM + String.join(", ", offer.peers()), Pdu.DATA);
    }

    private static ByteBuffer text(char type, String text) {
        return Pdu.of(type).put(0, text).datagram();
    }
}
