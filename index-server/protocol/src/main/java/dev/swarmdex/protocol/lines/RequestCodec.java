package dev.swarmdex.protocol.lines;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.Port;
import dev.swarmdex.protocol.Word;
import java.util.List;

/** Turns lines into requests. Files are separated by spaces, commas or both. */
public final class RequestCodec {

    /** The most bytes of a line: room for some thousands of paths. */
    public static final int LONGEST_LINE = 1 << 18;

    private RequestCodec() {}

    /** The user in the first line of a connection. */
    public static User user(String line) throws MalformedMessageException {
        List<String> words = Word.split(line);
        if (words.size() != 2) {
            throw MalformedMessageException.malformed("the first line is a user and a port");
        }
        return MalformedMessageException.reading(() -> new User(words.getFirst(), Port.parse(words.getLast())));
    }

    /** The request in any later line. */
    public static Request decode(String line) throws MalformedMessageException {
        List<String> words = Word.split(line);
        return MalformedMessageException.reading(() -> switch (words.isEmpty() ? "" : words.getFirst()) {
            case "register" -> new Request.Register(user(words), paths(words));
            case "unregister" -> new Request.Unregister(user(words), paths(words));
            case "list-files" -> alone(words, new Request.ListFiles());
            case "sendActivePeers" -> alone(words, new Request.SendActivePeers());
            case "close" -> alone(words, new Request.Close());
            default -> throw new IllegalArgumentException("there is no such command");
        });
    }

    private static String user(List<String> words) {
        if (words.size() < 2) {
            throw new IllegalArgumentException(words.getFirst() + " takes a user and files");
        }
        return words.get(1);
    }

    private static List<String> paths(List<String> words) {
        String files = String.join(" ", words.subList(2, words.size()));
        return Word.split(files.replace(',', ' '));
    }

    private static Request alone(List<String> words, Request request) {
        if (words.size() != 1) {
            throw new IllegalArgumentException(words.getFirst() + " stands alone");
        }
        return request;
    }
}
