package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.Endpoint;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The file of known hosts, one a line: an address alone, which then is one of seed 004's hosts
 * ({@code kilobyte://address:8080}), or a whole endpoint. What follows a {@code #} is a comment.
 */
final class HostsFile {

    static final int MOST_HOSTS = 1000;

    private static final int LARGEST = 1 << 20;
    private static final String SEED_SCHEME = "kilobyte";
    private static final int SEED_PORT = 8080;

    private HostsFile() {}

    /** Reads the file; the message of an IOException names the file, the line and the cure. */
    static List<Endpoint> read(Path file) throws IOException {
        Set<Endpoint> hosts = new LinkedHashSet<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                hosts.add(parse(text, file + ":" + number));
            }
            if (hosts.size() > MOST_HOSTS) {
                throw new IOException(file + ":" + number + ": more than " + MOST_HOSTS + " hosts; remove some");
            }
        }
        return List.copyOf(hosts);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + ": larger than " + LARGEST + " bytes; is this the hosts file?");
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            throw new IOException(file + " does not exist; create it, or set discovery.hosts-file to \"\"",
                    missing);
        } catch (CharacterCodingException binary) {
            throw new IOException(file + ": not a text file in UTF-8", binary);
        }
    }

    private static Endpoint parse(String text, String place) throws IOException {
        try {
            return text.contains("://") ? Endpoint.parse(text) : new Endpoint(SEED_SCHEME, text, SEED_PORT);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(place + ": " + wrong.getMessage()
                    + "; write an address, or an endpoint such as kilobyte://10.0.0.7:8080", wrong);
        }
    }
}
