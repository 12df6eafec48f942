package dev.swarmdex.protocol.lines;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.Port;

/** Turns replies into lines, of which an empty one is the last, to be sent as UTF-8. */
public final class ReplyCodec {

    private static final String DASH = " - ";

    private ReplyCodec() {}

    /** The text of a reply. */
    public static String encode(Reply reply) {
        StringBuilder text = new StringBuilder();
        switch (reply) {
            case Reply.Files(var files) -> files
                    .forEach(file -> text.append(file.user()).append(" : ").append(file.path()).append('\n'));
            case Reply.ActivePeers(var peers) -> peers.forEach(peer -> text.append(line(peer)).append('\n'));
        }
        return text.append('\n').toString();
    }

    /** The line of an active peer, as in a reply and in the file that a peer keeps: {@code user - ip:port}. */
    public static String line(Reply.ActivePeer peer) {
        return peer.user() + DASH + peer.address().host() + ":" + peer.address().port();
    }

    /** The active peer in such a line. */
    public static Reply.ActivePeer activePeer(String line) throws MalformedMessageException {
        int dash = line.lastIndexOf(DASH);
        int colon = line.lastIndexOf(':');
        if (dash < 0 || colon < dash) {
            throw MalformedMessageException.malformed("an active peer is written: user - ip:port");
        }
        return MalformedMessageException.reading(() -> new Reply.ActivePeer(line.substring(0, dash),
                new Address(line.substring(dash + DASH.length(), colon), Port.parse(line.substring(colon + 1)))));
    }
}
