package dev.swarmdex.peer.host.control;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of the control protocol. Each is one JSON object: the client sends {@code {"operation", "arguments"}} once; the
 * host answers with any number of {@code {"event"}} and then one {@code {"result"}} or {@code {"error"}}.
 */
final class Message {

    static final String OPERATION = "operation";
    static final String ARGUMENTS = "arguments";
    static final String EVENT = "event";
    static final String RESULT = "result";
    static final String ERROR = "error";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_LINE = 256 << 20;

    private Message() {}

    static Reader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    static void write(OutputStream out, String key, JsonNode value) throws IOException {
        write(out, JSON.createObjectNode().set(key, value));
    }

    static void write(OutputStream out, JsonNode line) throws IOException {
        out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Reads one line; EOFException when the other side has closed. */
    static JsonNode read(Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next; (next = in.read()) != '\n';) {
            if (next < 0) {
                throw new EOFException("the other side of the control socket has gone");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of the control protocol is too long");
            }
            line.append((char) next);
        }
        try {
            return JSON.readTree(line.toString());
        } catch (JacksonException malformed) {
            throw new IOException("not a line of the control protocol", malformed);
        }
    }
}
