package dev.swarmdex.server.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that can be asked for, by its path. */
final class Routes {

    /** The page, which is the same for everybody, and to which others may link. */
    static final String PAGE = "/";

    /** The form of Prometheus's text. */
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private Routes() {}

    static Map<String, Route> of(Watched server) {
        Api api = new Api(server);
        StaticPage page = StaticPage.load();
        Answer description = Answer.of(Answer.OK, "application/json", StaticPage.resource("openapi.json"));
        return List.of(
                new Route(PAGE, _ -> page.answer()),
                new Route("/healthz", List.of(), true, _ -> Answer.text(Answer.OK, "ok\n")),
                new Route("/readyz", List.of(), true, _ -> ready(server)),
                new Route("/metrics",
                        _ -> Answer.of(Answer.OK, PROMETHEUS, server.metrics().scrape(server.frontEnds().get()))),
                new Route("/api/v1/openapi.json", _ -> description),
                new Route("/api/v1/status", api::status),
                new Route("/api/v1/contents", api::contents, "cursor", "limit"),
                new Route("/api/v1/search", api::search, "q", "name", "id", "cursor", "limit"),
                new Route("/api/v1/peers", api::peers, "cursor", "limit"),
                new Route("/api/v1/history", api::history, "name", "id", "cursor", "limit"),
                new Route("/api/v1/sessions", api::sessions, "peer", "cursor", "limit"),
                new Route("/api/v1/activity", api::activity),
                new Route("/api/v1/sql", api::sql, "q"),
                new Route("/api/v1/offenders", api::offenders, "limit"))
                .stream().collect(Collectors.toMap(Route::path, Function.identity()));
    }

    private static Answer ready(Watched server) {
        return server.unready().map(reason -> Answer.text(Answer.UNAVAILABLE, reason + "\n"))
                .orElseGet(() -> Answer.text(Answer.OK, "ready\n"));
    }
}
