package dev.swarmdex.protocol.session;

import java.util.stream.Collectors;

/** Turns replies into the seed's texts, to be sent as UTF-8 with nothing before or after them. */
public final class ReplyCodec {

    private ReplyCodec() {}

    /** The text of a reply. */
    public static String encode(Reply reply) {
        return switch (reply) {
            case Reply.SendFiles _ -> "SEND FILES";
            case Reply.Files(var names) -> names.stream()
                    .map(name -> name + "\n")
                    .collect(Collectors.joining("", "\nFiles hosted: \n \n", ""));
            case Reply.Nodes(var nodes) when nodes.isEmpty() -> "No Registered Nodes host that file";
            case Reply.Nodes(var nodes) -> nodes.stream().map(ReplyCodec::text).collect(Collectors.joining(" "));
        };
    }

    private static String text(Reply.Node node) {
        return "[\"('" + node.client().host() + "', " + node.client().port() + ")\", '" + node.serverPort() + "']";
    }
}
