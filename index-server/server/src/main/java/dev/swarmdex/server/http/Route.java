package dev.swarmdex.server.http;

import java.util.List;

/**
 * A path and what it answers.
 *
 * @param parameters the query's parameters that it knows
 * @param always whether it is answered however many others are under way
 */
record Route(String path, List<String> parameters, boolean always, Responder responder) {

    /** Makes the answer. */
    @FunctionalInterface
    interface Responder {

        Answer answer(Query query) throws BadQueryException;
    }

    Route {
        parameters = List.copyOf(parameters);
    }

    Route(String path, Responder responder, String... parameters) {
        this(path, List.of(parameters), false, responder);
    }
}
