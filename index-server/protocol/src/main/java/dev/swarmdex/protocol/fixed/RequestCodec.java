package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.Port;
import java.nio.ByteBuffer;

/** Turns datagrams into requests. */
public final class RequestCodec {

    private static final int CONTENT = 10;
    private static final int PORT = 20;
    private static final int LONGEST_PORT = 5;

    private RequestCodec() {}

    /**
     * The request in the bytes between the buffer's position and limit; both stay as they are.
     *
     * @throws MalformedMessageException if there is none: a foreign one gets no answer, and another one {@code E}
     */
    public static Request decode(ByteBuffer datagram) throws MalformedMessageException {
        Pdu pdu = Pdu.read(datagram);
        if (ReplyCodec.isReply(pdu)) {
            throw MalformedMessageException.foreign("an index's reply is not a request");
        }
        return switch (pdu.type()) {
            case 'R' -> MalformedMessageException
                    .reading(() -> new Request.Register(peer(pdu), content(pdu), port(pdu)));
            case 'S' -> MalformedMessageException.reading(() -> search(pdu));
            case 'O' -> new Request.List();
            case 'T' -> MalformedMessageException.reading(() -> deregistration(pdu));
            default -> throw MalformedMessageException.foreign("no PDU starts with the byte " + (int) pdu.type());
        };
    }

    private static String peer(Pdu pdu) {
        return pdu.text(0, CONTENT);
    }

    private static String content(Pdu pdu) {
        return pdu.text(CONTENT, PORT);
    }

    private static Request search(Pdu pdu) {
        String content = content(pdu);
        return new Request.Search(content.isEmpty() ? peer(pdu) : content);
    }

    private static Request deregistration(Pdu pdu) {
        if (pdu.dataAt(PORT) == 'Q') {
            return new Request.Quit(peer(pdu));
        }
        String content = content(pdu);
        return content.isEmpty()
                ? new Request.DeregisterAll(peer(pdu))
                : new Request.Deregister(peer(pdu), content);
    }

    /** Four digits in a row are a port as text, which ends with NUL; anything else is a port as two bytes. */
    private static int port(Pdu pdu) {
        int digits = 0;
        while (digits <= LONGEST_PORT && isDigit(pdu.dataAt(PORT + digits))) {
            digits++;
        }
        if (digits < 4) {
            return Port.check(pdu.dataAt(PORT) << 8 | pdu.dataAt(PORT + 1));
        }
        if (digits > LONGEST_PORT || pdu.dataAt(PORT + digits) != 0) {
            throw new IllegalArgumentException("a port as text has four or five digits and a NUL");
        }
        return Port.parse(pdu.text(PORT, PORT + digits));
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}
