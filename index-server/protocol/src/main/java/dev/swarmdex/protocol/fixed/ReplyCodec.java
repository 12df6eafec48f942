package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns replies into PDUs: one for most, many for a list. */
public final class ReplyCodec {

    private static final int PORT = 20;

    private ReplyCodec() {}

    /** The PDUs of a reply, 101 bytes each, to be sent in this order, each as a datagram. */
    public static List<ByteBuffer> encode(Reply reply) {
        return switch (reply) {
            case Reply.Done(String message) -> List.of(text('A', message));
            case Reply.Failed(String message) -> List.of(text('E', message));
            case Reply.Found(Address server) -> List
                    .of(Pdu.of('S').put(0, server.host()).put(PORT, Integer.toString(server.port())).datagram());
            case Reply.Listing(var lines) -> listing(lines);
        };
    }

    private static List<ByteBuffer> listing(List<String> lines) {
        List<ByteBuffer> pdus = new ArrayList<>();
        pdus.add(text('O', Integer.toString(lines.size())));
        lines.forEach(line -> pdus.add(text('O', line)));
        return pdus;
    }

    private static ByteBuffer text(char type, String text) {
        return Pdu.of(type).put(0, text).datagram();
    }
}
