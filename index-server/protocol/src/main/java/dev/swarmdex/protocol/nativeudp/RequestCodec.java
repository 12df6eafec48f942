package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;

/** Turns requests into datagrams and back. */
public final class RequestCodec {

    private static final int BY_NAME = 1;
    static final int BY_ID = 2;
    private static final int BY_WORDS = 3;
    private static final int OF_CONTENTS = 1;
    private static final int OF_PEERS = 2;

    private RequestCodec() {}

    /** The datagram of a request, at most {@link Limits#DATAGRAM} bytes. */
    public static ByteBuffer encode(RequestPacket packet) {
        ByteBuffer datagram = ByteBuffer.allocate(Limits.DATAGRAM);
        PacketWriter out = new PacketWriter(datagram);
        new Header(Limits.VERSION, type(packet.request()), packet.requestId()).write(out);
        out.u64(packet.connectionId());
        write(packet.request(), out);
        return datagram.flip();
    }

    /**
     * The request in a datagram, which lies between the buffer's position and limit; both stay as they are.
     *
     * @throws MalformedPacketException if there is none, with the reason, and whether to answer it
     */
    public static RequestPacket decode(ByteBuffer datagram) throws MalformedPacketException {
        ByteBuffer bytes = datagram.slice();
        Header header = Header.read(bytes, Limits.REQUEST_HEADER);
        if (header.type() == 'A' || header.type() == 'E') {
            // To answer an answer could make two servers answer each other for ever.
            throw Header.foreign("a reply, not a request");
        }
        PacketReader in = new PacketReader(bytes);
        long connectionId = in.u64();
        return new RequestPacket(header.requestId(), connectionId, header.read(() -> read(header.type(), in)));
    }

    private static char type(Request request) {
        return switch (request) {
            case Request.Hello _ -> 'H';
            case Request.KeepAlive _ -> 'K';
            case Request.Register _ -> 'R';
            case Request.Deregister _ -> 'T';
            case Request.SearchName _,Request.SearchId _,Request.SearchWords _ -> 'S';
            case Request.ListContents _,Request.ListPeers _ -> 'O';
            case Request.Report _ -> 'D';
        };
    }

    private static void write(Request request, PacketWriter out) {
        switch (request) {
            case Request.Hello _ -> out.zeros(Limits.HELLO - Limits.REQUEST_HEADER);
            case Request.KeepAlive keepAlive -> write(keepAlive, out);
            case Request.Register(PeerIdentity peer, var contents) -> {
                out.identity(peer);
                out.list16(contents, out::content);
            }
            case Request.Deregister(PeerIdentity peer, var names) -> {
                out.identity(peer);
                out.list16(names, out::name);
            }
            case Request.SearchName(String name, Cursor cursor) -> {
                page(BY_NAME, cursor, out);
                out.text16(name);
            }
            case Request.SearchId(String id, Cursor cursor) -> {
                page(BY_ID, cursor, out);
                out.id(id);
            }
            case Request.SearchWords(var words, Cursor cursor) -> {
                page(BY_WORDS, cursor, out);
                out.list8(words, out::text8);
            }
            case Request.ListContents(Cursor cursor) -> page(OF_CONTENTS, cursor, out);
            case Request.ListPeers(Cursor cursor) -> page(OF_PEERS, cursor, out);
            case Request.Report report -> write(report, out);
        }
    }

    private static void page(int kind, Cursor cursor, PacketWriter out) {
        out.u8(kind);
        out.cursor(cursor);
    }

    private static void write(Request.KeepAlive keepAlive, PacketWriter out) {
        out.identity(keepAlive.peer());
        out.list8(keepAlive.endpoints(), out::endpoint);
        out.u32(keepAlive.mappings());
        out.u64(keepAlive.digest());
        out.load(keepAlive.load());
    }

    private static void write(Request.Report report, PacketWriter out) {
        out.identity(report.peer());
        out.content(report.content());
        out.text8(report.source().orElse(""));
        out.u64(report.bytes());
        out.u32(report.took().toMillis());
        out.u8(report.result().code());
    }

    private static Request read(char type, PacketReader in) {
        return switch (type) {
            case 'H' -> readHello(in);
            case 'K' -> new Request.KeepAlive(in.identity(), in.list8(in::endpoint), (int) in.u32(), in.u64(),
                    in.optionalLoad());
            case 'R' -> new Request.Register(in.identity(), in.list16(in::content));
            case 'T' -> new Request.Deregister(in.identity(), in.list16(in::name));
            case 'S' -> readSearch(in);
            case 'O' -> readList(in);
            case 'D' -> readReport(in);
            default -> throw new IllegalArgumentException("there is no request of type " + type);
        };
    }

    private static Request readHello(PacketReader in) {
        in.skip(Limits.HELLO - Limits.REQUEST_HEADER);
        return new Request.Hello();
    }

    private static Request readSearch(PacketReader in) {
        int kind = in.u8();
        Cursor cursor = in.cursor();
        return switch (kind) {
            case BY_NAME -> new Request.SearchName(in.text16(), cursor);
            case BY_ID -> new Request.SearchId(in.id(), cursor);
            case BY_WORDS -> new Request.SearchWords(in.list8(in::text8), cursor);
            default -> throw new IllegalArgumentException("unknown kind of search " + kind);
        };
    }

    private static Request readList(PacketReader in) {
        int kind = in.u8();
        Cursor cursor = in.cursor();
        return switch (kind) {
            case OF_CONTENTS -> new Request.ListContents(cursor);
            case OF_PEERS -> new Request.ListPeers(cursor);
            default -> throw new IllegalArgumentException("unknown kind of list " + kind);
        };
    }

    private static Request readReport(PacketReader in) {
        return new Request.Report(in.identity(), in.content(), in.optionalText8(), in.u64(), in.milliseconds(),
                Coded.of("result", Request.Result.values(), in.u8()));
    }
}
