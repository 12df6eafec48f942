package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.Port;
import dev.swarmdex.protocol.Word;
import java.util.List;

/** Turns messages into requests, or into the names that were asked for with {@code SEND FILES}. */
public final class RequestCodec {

    private RequestCodec() {}

    /** The request in a message. */
    public static Request decode(String message) throws MalformedMessageException {
        List<String> words = Word.split(message);
        return MalformedMessageException.reading(() -> switch (words.isEmpty() ? "" : words.getFirst()) {
            case "register" -> new Request.Register(Port.parse(argument(words)));
            case "unregister" -> alone(words, new Request.Unregister());
            case "get_files_list" -> alone(words, new Request.ListFiles());
            case "delete" -> new Request.Delete(argument(words));
            case "update" -> alone(words, new Request.Update());
            case "download" -> new Request.Download(argument(words));
            default -> throw new IllegalArgumentException("there is no such command");
        });
    }

    /** The names of files in the message that answers {@code SEND FILES}; an empty one has none. */
    public static List<String> names(String message) throws MalformedMessageException {
        return MalformedMessageException.reading(() -> Word.split(message).stream().map(FileName::check).toList());
    }

    private static String argument(List<String> words) {
        if (words.size() != 2) {
            throw new IllegalArgumentException(words.getFirst() + " takes one word");
        }
        return words.getLast();
    }

    private static Request alone(List<String> words, Request request) {
        if (words.size() != 1) {
            throw new IllegalArgumentException(words.getFirst() + " stands alone");
        }
        return request;
    }
}
