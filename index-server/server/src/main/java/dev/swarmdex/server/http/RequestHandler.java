package dev.swarmdex.server.http;

import dev.swarmdex.store.StoreException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests by their routes, after checking that they are ones to answer. Safe for any number of threads. */
final class RequestHandler extends Handler.Abstract {

    /** How many requests are worked on at once; more are told to come later. */
    static final int AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Map<String, String> COMMON_HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private final Map<String, Route> routes;
    /** The only names by which requests may call this address; without any, they may call it what they like. */
    private final Set<String> names;
    private final Semaphore room = new Semaphore(AT_ONCE);

    /**
     * A handler of these routes.
     *
     * @param bind where it is reached. If that is only from this machine, requests must name it as such, or as it is written
     * here: otherwise any web page that a person on this machine looks at could read all of this, by having its own host
     * name resolve to 127.0.0.1
     */
    RequestHandler(Map<String, Route> routes, InetSocketAddress bind) {
        this.routes = Map.copyOf(routes);
        names = !bind.isUnresolved() && bind.getAddress().isLoopbackAddress() ? names(bind) : Set.of();
    }

    private static Set<String> names(InetSocketAddress bind) {
        Set<String> names = new HashSet<>(LOOPBACK_NAMES);
        names.add(bind.getHostString().toLowerCase(Locale.ROOT));
        names.add(bind.getAddress().getHostAddress());
        return Set.copyOf(names);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = answer(request);
        Map<String, String> headers = new HashMap<>(COMMON_HEADERS);
        headers.putAll(answer.headers());
        response.setStatus(answer.status());
        headers.forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private Answer answer(Request request) {
        if (!names.isEmpty()
                && !names.contains(String.valueOf(Request.getServerName(request)).toLowerCase(Locale.ROOT))) {
            return Answer.error(Answer.MISDIRECTED,
                    "this address only answers requests for localhost or the host in http.bind; set http.bind to use"
                            + " another name");
        }
        // of an answer to HEAD, Jetty sends the head only
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return Answer.error(Answer.METHOD_NOT_ALLOWED, "everything here only reads: use GET").with("Allow",
                    "GET, HEAD");
        }
        Route route = routes.get(Request.getPathInContext(request));
        if (route == null) {
            return Answer.error(Answer.NOT_FOUND, "there is nothing here; /api/v1/openapi.json lists what there is");
        }
        if (!route.path().equals(Routes.PAGE) && Strangers.ask(request)) {
            return Answer.error(Answer.FORBIDDEN,
                    "another site's page asks for this: only the index's own page, a person or a program may");
        }
        if (route.always()) {
            return guarded(route, request);
        }
        if (!room.tryAcquire()) {
            return Answer.error(Answer.UNAVAILABLE, "too many requests at once: try again").with("Retry-After", "1");
        }
        try {
            return guarded(route, request);
        } finally {
            room.release();
        }
    }

    private static Answer guarded(Route route, Request request) {
        try {
            return route.responder().answer(Query.of(parameters(request), route.parameters()));
        } catch (BadQueryException | IllegalArgumentException e) {
            return Answer.error(Answer.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            LOG.debug("{} failed", route.path(), e);
            return Answer.error(Answer.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} failed", route.path(), e);
            return Answer.error(Answer.FAILED, "the index failed; its log says why");
        }
    }

    private static Map<String, List<String>> parameters(Request request) throws BadQueryException {
        Fields fields;
        try {
            fields = Request.extractQueryParameters(request);
        } catch (RuntimeException e) {
            throw (BadQueryException) new BadQueryException("the query is not well-formed").initCause(e);
        }
        Map<String, List<String>> parameters = new HashMap<>();
        fields.forEach(field -> parameters.put(field.getName(), field.getValues()));
        return parameters;
    }
}
