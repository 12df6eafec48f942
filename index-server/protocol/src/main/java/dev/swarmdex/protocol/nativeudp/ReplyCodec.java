package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;

/** Turns replies into datagrams and back. */
public final class ReplyCodec {

    private ReplyCodec() {}

    /** The datagram of a reply, at most {@link Limits#DATAGRAM} bytes. */
    public static ByteBuffer encode(ReplyPacket packet) {
        ByteBuffer datagram = ByteBuffer.allocate(Limits.DATAGRAM);
        encode(packet, datagram);
        return datagram.flip();
    }

    /**
     * Writes the datagram of a reply at the buffer's position and moves that behind it. {@link Limits#DATAGRAM} bytes of
     * room are always enough.
     *
     * @throws java.nio.BufferOverflowException if the room is not enough
     */
    public static void encode(ReplyPacket packet, ByteBuffer target) {
        ByteBuffer datagram = target.slice();
        PacketWriter out = new PacketWriter(datagram);
        new Header(Limits.VERSION, type(packet.reply()), packet.requestId()).write(out);
        write(packet.reply(), out);
        target.position(target.position() + datagram.position());
    }

    /**
     * The reply in a datagram, which lies between the buffer's position and limit; both stay as they are.
     *
     * @throws MalformedPacketException if there is none, with the reason
     */
    public static ReplyPacket decode(ByteBuffer datagram) throws MalformedPacketException {
        ByteBuffer bytes = datagram.slice();
        Header header = Header.read(bytes, Limits.REPLY_HEADER);
        PacketReader in = new PacketReader(bytes);
        return new ReplyPacket(header.requestId(), header.read(() -> read(header.type(), in)));
    }

    private static char type(Reply reply) {
        return switch (reply) {
            case Reply.Welcome _ -> 'H';
            case Reply.Alive _ -> 'K';
            case Reply.Done _ -> 'A';
            case Reply.Contents _ -> 'S';
            case Reply.Peers _ -> 'O';
            case Reply.Refused _ -> 'E';
        };
    }

    private static void write(Reply reply, PacketWriter out) {
        switch (reply) {
            case Reply.Welcome(long connectionId) -> out.u64(connectionId);
            case Reply.Alive(var lease, boolean confirmed) -> {
                out.u32(lease.toMillis());
                out.u8(confirmed ? 1 : 0);
            }
            case Reply.Done(var outcomes) -> out.list16(outcomes, outcome -> out.u8(outcome.code()));
            case Reply.Contents(var listings, Cursor next) -> {
                out.cursor(next);
                out.list16(listings, out::listing);
            }
            case Reply.Peers(var peers, Cursor next) -> {
                out.cursor(next);
                out.list16(peers, out::peer);
            }
            case Reply.Refused(Reply.Reason reason, var retryAfter, String message) -> {
                out.u8(reason.code());
                out.u32(retryAfter.toMillis());
                out.text16(message);
            }
        }
    }

    private static Reply read(char type, PacketReader in) {
        return switch (type) {
            case 'H' -> new Reply.Welcome(in.u64());
            case 'K' -> new Reply.Alive(in.milliseconds(), in.flag());
            case 'A' -> new Reply.Done(in.list16(() -> Coded.of("outcome", Reply.Outcome.values(), in.u8())));
            case 'S' -> readContents(in);
            case 'O' -> readPeers(in);
            case 'E' -> new Reply.Refused(Coded.of("reason", Reply.Reason.values(), in.u8()), in.milliseconds(),
                    in.text16());
            default -> throw new IllegalArgumentException("there is no reply of type " + type);
        };
    }

    private static Reply readContents(PacketReader in) {
        Cursor next = in.cursor();
        return new Reply.Contents(in.list16(in::listing), next);
    }

    private static Reply readPeers(PacketReader in) {
        Cursor next = in.cursor();
        return new Reply.Peers(in.list16(in::peer), next);
    }
}
