package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.Port;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Turns datagrams into requests. Both orders of fields are read: two fields are {@code filename;port}, as the public
 * program sends them, and three are the document's {@code port;addr;filename}.
 */
public final class RequestCodec {

    private RequestCodec() {}

    /**
     * The request in the bytes between the buffer's position and limit; both stay as they are.
     *
     * @throws MalformedMessageException if there is none; the answer is {@code E} 2
     */
    public static Request decode(ByteBuffer datagram) throws MalformedMessageException {
        Pdu pdu = Pdu.decode(datagram);
        return MalformedMessageException.reading(() -> read(pdu));
    }

    private static Request read(Pdu pdu) {
        List<String> fields = fields(pdu.data());
        return switch (pdu.type()) {
            case 'R' -> {
                Offer offer = offer(fields);
                yield new Request.Register(offer.name, offer.port, offer.host);
            }
            case 'T' -> {
                Offer offer = offer(fields);
                yield new Request.Deregister(offer.name, offer.port, offer.host);
            }
            case 'S' -> new Request.Search(only(fields));
            case 'D' -> new Request.Locate(only(fields));
            case 'O' -> list(pdu.data());
            case 'E' -> switch (only(fields)) {
                case "1" -> new Request.Leave();
                case "2" -> new Request.Resend();
                default -> throw new IllegalArgumentException("the index has no use for that error code");
            };
            default -> throw new IllegalArgumentException("there is no request of type " + pdu.type());
        };
    }

    private record Offer(String name, int port, Optional<String> host) {}

    private static Offer offer(List<String> fields) {
        return switch (fields.size()) {
            case 2 -> new Offer(fields.get(0), Port.parse(fields.get(1)), Optional.empty());
            case 3 -> {
                Address address = new Address(fields.get(1), Port.parse(fields.get(0)));
                yield new Offer(fields.get(2), address.port(), Optional.of(address.host()));
            }
            default -> throw new IllegalArgumentException("a registration has two or three fields");
        };
    }

    private static Request list(String data) {
        if (!data.isBlank()) {
            throw new IllegalArgumentException("O takes no data");
        }
        return new Request.List();
    }

    private static String only(List<String> fields) {
        if (fields.size() != 1) {
            throw new IllegalArgumentException("there should be one field");
        }
        return fields.getFirst();
    }

    private static List<String> fields(String data) {
        String body = data.endsWith(";") ? data.substring(0, data.length() - 1) : data;
        return List.of(body.split(";", -1));
    }
}
