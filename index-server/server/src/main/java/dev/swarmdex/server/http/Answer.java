package dev.swarmdex.server.http;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP response.
 *
 * @param body text, which is sent as UTF-8
 * @param headers those that are its own; all responses share some more
 */
record Answer(int status, String type, String body, Map<String, String> headers) {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int MISDIRECTED = 421;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Plain text. */
    static Answer text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    /** A value as JSON. */
    static Answer json(Object value) {
        return json(OK, value);
    }

    /** What is wrong, on one line, for people and programs. */
    static Answer error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    static Answer of(int status, String type, String text) {
        return new Answer(status, type, text, Map.of());
    }

    /** The same with a header. */
    Answer with(String name, String value) {
        return new Answer(status, type, body, Map.of(name, value));
    }

    private static Answer json(int status, Object value) {
        return new Answer(status, "application/json", JSON.writeValueAsString(value), Map.of());
    }
}
