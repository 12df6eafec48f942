package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.WireText;
import java.util.ArrayList;
import java.util.List;

/** Turns replies into PDUs: one for most, many for a list. */
public final class ReplyCodec {

    private static final int NAMES_IN_A_PACKET = 4;

    private ReplyCodec() {}

    /** The PDUs of a reply, to be sent in this order, each as a datagram. */
    public static List<Pdu> encode(Reply reply, FieldOrder order) {
        return switch (reply) {
            case Reply.Done(String message) -> List.of(new Pdu('A', message));
            case Reply.Failed(ErrorCode code) -> List.of(new Pdu('E', Integer.toString(code.number())));
            case Reply.Found(String name, Address server) -> List.of(new Pdu('S', switch (order) {
                case PORT_ADDR_NAME -> server.port() + ";" + server.host() + ";" + name;
                case NAME_PORT_ADDR -> nameFirst(name, server);
            }));
            case Reply.Located(String name, Address server) -> List.of(new Pdu('D', switch (order) {
                case PORT_ADDR_NAME -> server.host() + ";" + server.port();
                case NAME_PORT_ADDR -> nameFirst(name, server);
            }));
            case Reply.Listing(var servers) -> switch (order) {
                case PORT_ADDR_NAME -> serverByServer(servers);
                case NAME_PORT_ADDR -> fileByFile(servers);
            };
        };
    }

    private static List<Pdu> fileByFile(List<Reply.Server> servers) {
        List<Pdu> pdus = new ArrayList<>();
        for (Reply.Server server : servers) {
            for (String name : server.names()) {
                pdus.add(new Pdu('O', nameFirst(name, server.address())));
            }
        }
        pdus.addFirst(new Pdu('O', Integer.toString(pdus.size())));
        return pdus;
    }

    private static List<Pdu> serverByServer(List<Reply.Server> servers) {
        List<Pdu> pdus = new ArrayList<>();
        pdus.add(new Pdu('O', Integer.toString(servers.size())));
        for (Reply.Server server : servers) {
            List<Pdu> packets = packets(server.names());
            pdus.add(new Pdu('O', server.address().host() + ";" + server.address().port() + ";" + packets.size()));
            pdus.addAll(packets);
        }
        return pdus;
    }

    /** The fewest packets {@code packet_id;name;name…}, counted from 0, with at most four names and 100 bytes each. */
    private static List<Pdu> packets(List<String> names) {
        List<Pdu> packets = new ArrayList<>();
        String packet = "0";
        int count = 0;
        for (String name : names) {
            if (count == NAMES_IN_A_PACKET || WireText.utf8Length(packet + ";" + name) > Pdu.DATA) {
                packets.add(new Pdu('O', packet));
                packet = Integer.toString(packets.size());
                count = 0;
            }
            packet += ";" + name;
            count++;
        }
        if (count > 0) {
            packets.add(new Pdu('O', packet));
        }
        return packets;
    }

    private static String nameFirst(String name, Address server) {
        return name + ";" + server.port() + ";" + server.host() + ";";
    }
}
