package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.MalformedMessageException;

/**
 * The PDUs before a transfer over TCP: the client wants a file, the server says how many packets it has or why not, and
 * the client acknowledges. Then come the packets, see {@link TransferForm}.
 */
public final class TransferCodec {

    private TransferCodec() {}

    /** What the client says first. */
    public static Pdu request(String name) {
        return new Pdu('D', Filename.check(name));
    }

    /** The name of the file that a client wants. Both {@code D}, as programs send, and the document's {@code C} do. */
    public static String requestedName(Pdu pdu) throws MalformedMessageException {
        if (pdu.type() != 'D' && pdu.type() != 'C') {
            throw MalformedMessageException.malformed("a transfer starts with D or C, not " + pdu.type());
        }
        String data = pdu.data();
        return MalformedMessageException
                .reading(() -> Filename.check(data.endsWith(";") ? data.substring(0, data.length() - 1) : data));
    }

    /** What the server says to a request. */
    public sealed interface Answer {

        /** {@code C}: that many packets follow the client's {@code A}. */
        record Packets(long count) implements Answer {

            /** Checks that the count is not negative. */
            public Packets {
                if (count < 0) {
                    throw new IllegalArgumentException("there can't be " + count + " packets");
                }
            }
        }

        /** {@code E}: there is nothing to send. */
        record Failed(ErrorCode code) implements Answer {}
    }

    /** The PDU of an answer. */
    public static Pdu encode(Answer answer) {
        return switch (answer) {
            case Answer.Packets(long count) -> new Pdu('C', Long.toString(count));
            case Answer.Failed(ErrorCode code) -> new Pdu('E', Integer.toString(code.number()));
        };
    }

    /** The answer in a PDU. */
    public static Answer answer(Pdu pdu) throws MalformedMessageException {
        return MalformedMessageException.reading(() -> switch (pdu.type()) {
            case 'C' -> new Answer.Packets(number(pdu.data()));
            case 'E' -> new Answer.Failed(ErrorCode.parse(pdu.data()));
            default -> throw new IllegalArgumentException("a server answers C or E, not " + pdu.type());
        });
    }

    /** What the client says to have the packets sent. */
    public static Pdu ready() {
        return new Pdu('A', "");
    }

    /** Checks that a client is ready for the packets. */
    public static void checkReady(Pdu pdu) throws MalformedMessageException {
        if (pdu.type() != 'A') {
            throw MalformedMessageException.malformed("a client takes the packets with A, not " + pdu.type());
        }
    }

    /** A number in at most 18 decimal digits, which a long always holds. */
    static long number(String text) {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a number of packets is not one of up to 18 digits");
        }
        return Long.parseLong(text);
    }
}
