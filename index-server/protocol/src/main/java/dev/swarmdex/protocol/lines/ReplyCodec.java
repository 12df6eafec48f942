package dev.swarmdex.protocol.lines;

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

    /** The line of an active peer: {@code user - ip:port}. */
    private static String line(Reply.ActivePeer peer) {
        return peer.user() + DASH + peer.address().host() + ":" + peer.address().port();
    }
}
