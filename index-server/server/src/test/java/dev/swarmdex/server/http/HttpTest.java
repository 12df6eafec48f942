package dev.swarmdex.server.http;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.server.frontend.Offenders;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.metrics.ServerMetrics;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.console.SqlConsole;
import dev.swarmdex.store.console.SqlRows;
import dev.swarmdex.store.database.DatabaseStore;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a server shows over HTTP, asked for with a real client. */
@Timeout(120)
class HttpTest {

    private static final String ID = "sha256-tree:" + "ab".repeat(32);
    private static final Content FILM = new Content("films/big film.mkv", Optional.of(ID), 5_000);
    private static final Content SONG = new Content("songs/<img src=x onerror=alert(1)>&\"'.ogg", Optional.empty(), 7);

    @SuppressWarnings("NullAway.Init")
    private static HttpServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new HttpServer(folder);
        try (NativeClient alice = server.peer(); NativeClient bob = server.peer()) {
            alice.share("alice", FILM, SONG);
            bob.share("bob", FILM);
            bob.ask(new Request.Deregister(NativeClient.peer("bob"),
                    List.of(new Name(FILM.name(), Optional.empty()))));
            alice.search(FILM.name());
            alice.use(1);
            alice.ask(new Request.ListPeers(Cursor.NONE));
            alice.exchange(ByteBuffer.wrap(new byte[]{1, 'X', 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1}));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> names(JsonNode page) {
        return page.path("items").valueStream().map(item -> item.path("name").asString()).toList();
    }

    @Test
    void it_is_healthy_and_ready() throws Exception {
        assertThat(server.get("/healthz").body()).isEqualTo("ok\n");
        await().until(() -> server.get("/readyz").statusCode() == 200);
        assertThat(server.json("status").path("ready").asBoolean()).isTrue();
    }

    @Test
    void metrics_show_what_happened() throws Exception {
        assertThat(server.get("/metrics").body())
                .contains("swarmdex_requests_total{frontend=\"native\",type=\"register\"} 2.0")
                .contains("swarmdex_requests_total{frontend=\"native\",type=\"search_name\"}")
                .contains("swarmdex_lookups_total{frontend=\"native\"} 1.0")
                .contains("swarmdex_errors_total{frontend=\"native\",kind=\"unproven\"} 1.0")
                .contains("swarmdex_errors_total{frontend=\"native\",kind=\"malformed\"} 1.0")
                .contains("swarmdex_mappings 2.0").contains("swarmdex_peers 2.0")
                .contains("swarmdex_store_queue_items 0.0").contains("swarmdex_store_rejected_items_total 0.0")
                .containsPattern("swarmdex_store_commit_seconds_bucket\\{le=\"0.1\"} [1-9]")
                .containsPattern("swarmdex_store_batch_items_count [1-9]").contains("jvm_memory_used_bytes");
    }

    @Test
    void contents_come_page_by_page() throws Exception {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = server.json("contents", "limit", "1", "cursor", cursor);
            seen.addAll(names(page));
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly(FILM.name(), SONG.name());
        JsonNode film = server.json("contents").path("items").get(0);
        assertThat(film.path("id").asString()).isEqualTo(ID);
        assertThat(film.path("size").asLong()).isEqualTo(5_000);
        assertThat(film.path("peers").get(0).path("peer").asString()).isEqualTo("alice");
        assertThat(film.path("peers").get(0).path("endpoints").get(0).asString()).isEqualTo("tcp://127.0.0.1:7118");
    }

    @Test
    void a_content_is_found_by_words_by_name_and_by_id() throws Exception {
        assertThat(names(server.json("search", "q", "FILM big"))).containsExactly(FILM.name());
        assertThat(names(server.json("search", "name", SONG.name()))).containsExactly(SONG.name());
        assertThat(names(server.json("search", "id", ID))).containsExactly(FILM.name());
        assertThat(names(server.json("search", "q", "nothing like it"))).isEmpty();
    }

    @Test
    void peers_come_page_by_page() throws Exception {
        JsonNode first = server.json("peers", "limit", "1");
        JsonNode second = server.json("peers", "limit", "1", "cursor", first.path("next").asString());
        assertThat(first.path("items").get(0).path("peer").asString()).isEqualTo("alice");
        assertThat(first.path("items").get(0).path("mappings").asInt()).isEqualTo(2);
        assertThat(second.path("items").get(0).path("peer").asString()).isEqualTo("bob");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void the_history_of_a_content_shows_who_had_it_and_who_has_it() throws Exception {
        JsonNode all = server.json("history", "name", FILM.name()).path("items");
        assertThat(all.valueStream().map(entry -> entry.path("peer").asString() + " " + entry.path("endedBy")
                .asString("open"))).containsExactly("bob deregistered", "alice open");
        JsonNode first = server.json("history", "id", ID, "limit", "1");
        assertThat(server.json("history", "id", ID, "limit", "1", "cursor", first.path("next").asString())
                .path("items").get(0).path("peer").asString()).isEqualTo("alice");
    }

    @Test
    void the_sessions_of_a_peer_show_when_it_was_here() throws Exception {
        JsonNode sessions = server.json("sessions", "peer", "bob").path("items");
        assertThat(sessions).singleElement().satisfies(session -> {
            assertThat(session.path("host").asString()).isEqualTo("127.0.0.1");
            assertThat(session.path("until").isNull()).isTrue();
            assertThat(session.path("mappings").asInt()).isEqualTo(1);
        });
    }

    @Test
    void the_activity_of_the_last_day_counts_registrations() throws Exception {
        JsonNode steps = server.json("activity").path("items");
        assertThat(steps.size()).isEqualTo(97);
        assertThat(steps.valueStream().mapToLong(step -> step.path("registrations").asLong()).sum()).isEqualTo(3);
    }

    @Test
    void a_query_in_sql_is_answered_and_can_only_read() throws Exception {
        JsonNode answer = server.json("sql", "q", "select content, size, until from current_mappings m"
                + " join (values (cast(null as timestamp))) v (until) on true order by size desc");
        assertThat(answer)
                .hasToString("{\"columns\":[\"content\",\"size\",\"until\"],\"rows\":[[\"films/big film.mkv\",5000,"
                        + "null],[\"" + SONG.name().replace("\"", "\\\"") + "\",7,null]],\"more\":false}");
        assertThat(server.get("/api/v1/sql?q=delete+from+mapping").body())
                .isEqualTo("{\"error\":\"this console only reads: start with SELECT\"}");
        assertThat(server.get("/api/v1/sql?q=select+*+from+session_identity").body())
                .startsWith("{\"error\":\"this console only reads, and only these views: current_mappings");
    }

    @Test
    void one_query_in_sql_is_answered_at_a_time_and_others_are_not_dropped() throws Exception {
        assertThat(server.json("sql", "q", "-- one;\nselect 1 as a; -- end").path("rows").get(0).get(0).asInt())
                .isEqualTo(1);
        assertThat(server.get("/api/v1/sql?q=select+1;select+2").body()).isEqualTo("{\"error\":\"one query at a time:"
                + " ask them one after the other, or use swarmdex index sql\"}");
        assertThat(server.get("/api/v1/sql?q=select+" + "(".repeat(1000) + "1" + ")".repeat(1000)).body())
                .isEqualTo("{\"error\":\"the query is nested too deeply\"}");
    }

    @Test
    void an_answer_in_sql_is_whole_or_an_error() throws Exception {
        assertThat(server.json("sql", "q", "select repeat('x', 4000000)").path("rows").get(0).get(0).asString())
                .hasSize(4_000_000);
        HttpResponse<String> response = server.get("/api/v1/sql?q=select+repeat('x',5000000)");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"the answer takes more than 4 MiB: ask for shorter values,"
                + " or use swarmdex index sql\"}");
    }

    @Test
    void queries_in_sql_are_answered_only_where_the_config_allows_it(@TempDir Path other) throws Exception {
        try (HttpServer silent = new HttpServer(other, "http.sql=nobody")) {
            assertThat(silent.json("status").path("sql").asBoolean()).isFalse();
            assertThat(silent.get("/api/v1/sql?q=select+1").body())
                    .isEqualTo("{\"error\":\"queries in SQL are not answered at this address: see http.sql\"}");
        }
    }

    @Test
    void the_questions_that_the_page_offers_can_be_asked(@TempDir Path other) throws Exception {
        String page = server.get("/").body();
        int start = page.indexOf("const QUESTIONS = ") + "const QUESTIONS = ".length();
        JsonNode questions = HttpServer.JSON.readTree(page.substring(start, page.indexOf("];", start) + 1));
        assertThat(questions.size()).isEqualTo(10);
        StoreSettings settings = StoreSettings.of("jdbc:h2:file:" + other.resolve("index"), Durability.PROCESS);
        DatabaseStore.open(settings).close();
        try (SqlConsole console = SqlConsole.open(settings)) {
            for (JsonNode question : questions) {
                try (SqlRows rows = console.query(question.get(1).asString())) {
                    assertThat(rows.next()).as(question.get(0).asString()).isEmpty();
                }
            }
        }
    }

    @Test
    void whoever_sends_what_cannot_be_used_is_listed() throws Exception {
        JsonNode offender = server.json("offenders").path("items").get(0);
        assertThat(offender.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(offender.path("malformed").asInt()).isEqualTo(1);
        assertThat(offender.path("unproven").asInt()).isEqualTo(1);
    }

    @Test
    void a_query_that_cannot_be_used_is_refused_with_the_reason() throws Exception {
        Map<String, String> reasons = Map.of(
                "contents?limit=501", "limit must be 1 to 500",
                "contents?limit=0", "limit must be 1 to 500",
                "contents?limit=ten", "limit must be a number",
                "contents?cursor=9", "cursor must be what the page before gave as next",
                "contents?cursor=99999999999999999999-1", "cursor must be what the page before gave as next",
                "contents?colour=red", "there is no such parameter here; there are: cursor, limit",
                "search", "give one of the parameters q, name or id",
                "search?q=" + "a".repeat(2049), "q must have at most 2048 characters",
                "history?name=a&name=b", "name must be given once",
                "history?name=%zz", "the query is not well-formed");
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            String answer = server.raw("GET /api/v1/" + each.getKey()
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(each.getKey()).startsWith("HTTP/1.1 400 ")
                    .endsWith("{\"error\":\"" + each.getValue() + "\"}");
        }
    }

    @Test
    void a_head_is_that_of_the_answer_to_get() throws Exception {
        for (String path : List.of("/", "/healthz", "/metrics", "/api/v1/contents")) {
            String head = server.raw("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(head).startsWith("HTTP/1.1 200 ").contains("Content-Type: ").endsWith("\r\n\r\n");
            assertThat(head).containsPattern("Content-Length: [1-9]");
        }
        assertThat(server.raw("HEAD /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
    }

    @Test
    void nothing_but_get_and_head_is_served() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
            assertThat(
                    server.raw(method + " /api/v1/contents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD\r\n");
        }
        assertThat(server.get("/etc/passwd").statusCode()).isEqualTo(404);
    }

    @Test
    void a_request_that_was_meant_for_another_host_is_refused() throws Exception {
        for (String host : List.of("evil.example", "evil.example:" + server.address().getPort(),
                "localhost.evil.example")) {
            String answer = server.raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 421 ").doesNotContain("<html");
        }
        assertThat(server.raw("GET /healthz HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void what_another_sites_page_asks_for_is_refused() throws Exception {
        String own = "127.0.0.1:" + server.address().getPort();
        for (String stranger : List.of("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site",
                "Origin: https://evil.example", "Origin: null", "Origin: http://127.0.0.1:1",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Site: none")) {
            for (String path : List.of("/api/v1/sql?q=select+1", "/api/v1/contents", "/metrics", "/healthz")) {
                assertThat(asked(path, own, stranger)).as(stranger).startsWith("HTTP/1.1 403 ")
                        .contains("{\"error\":\"another site's page asks for this");
            }
            assertThat(asked("/", own, stranger)).as("a link to the page").startsWith("HTTP/1.1 200 ");
        }
        for (String welcome : List.of("Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: http://" + own,
                "Origin: https://" + own, "X-None: of these")) {
            assertThat(asked("/api/v1/contents", own, welcome)).as(welcome).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String asked(String path, String host, String header) throws Exception {
        return server.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header
                + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void a_query_in_sql_that_comes_during_another_is_told_to_come_later() throws Exception {
        CompletableFuture<HttpResponse<String>> slow = server.ask("/api/v1/sql?q=select+count(*)+from"
                + "+system_range(1,1000000)+a+cross+join+system_range(1,1000000)+b+where+a.x%2Bb.x=7");
        await().until(() -> ProcessHandle.current().children().findAny().isPresent());
        HttpResponse<String> other = server.get("/api/v1/sql?q=select+1");
        assertThat(other.statusCode()).isEqualTo(503);
        assertThat(other.body()).contains("another query is running");
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        assertThat(slow.get().statusCode()).isNotEqualTo(200);
    }

    @Test
    void a_request_may_name_the_address_as_the_config_does(@TempDir Path other) throws Exception {
        try (HttpServer second = new HttpServer(other, "http.bind=127.0.0.2:0")) {
            for (String host : List.of("127.0.0.2", "127.0.0.2:" + second.address().getPort(), "LocalHost")) {
                assertThat(second.raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                        .as(host).startsWith("HTTP/1.1 200 ");
            }
            for (String host : List.of("evil.example", "127.0.0.3", "127.0.0.2.evil.example")) {
                assertThat(second.raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                        .as(host).startsWith("HTTP/1.1 421 ");
            }
        }
    }

    @Test
    void a_request_that_is_too_large_is_refused() throws Exception {
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void the_page_may_run_its_own_script_only_and_talk_to_its_own_server_only() throws Exception {
        HttpResponse<String> page = server.get("/");
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).startsWith("default-src 'none'; script-src 'sha256-").contains("connect-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).doesNotContain("http://", "https://", "src=", "onclick", "style=");
    }

    @Test
    void names_of_strangers_never_become_markup() throws Exception {
        // over the wire they are JSON that no browser takes for HTML …
        HttpResponse<String> answer = server.get("/api/v1/contents");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
        assertThat(names(server.json("contents"))).contains(SONG.name());
        // … and the page has no way of making markup from text
        assertThat(server.get("/").body()).doesNotContain("innerHTML", "outerHTML", "insertAdjacent", "document.write",
                "eval(", "Function(", "srcdoc", "DOMParser", "createContextualFragment", "setHTML");
    }

    @Test
    void the_description_of_the_api_has_every_route_and_no_other(@TempDir Path other) throws Exception {
        JsonNode description = server.json("openapi.json");
        Map<String, Route> routes;
        try (IndexStore store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + other.resolve("index"),
                Durability.PROCESS)); ServerMetrics metrics = new ServerMetrics()) {
            routes = Routes.of(new Watched(store, List::of, new Offenders(InstantSource.system()), metrics,
                    Optional::empty, Optional.empty(), "", Instant.EPOCH));
        }
        assertThat(description.path("paths").propertyNames()).isEqualTo(routes.keySet());
        routes.forEach((path, route) -> {
            Set<String> described = new HashSet<>();
            description.path("paths").path(path).path("get").path("parameters")
                    .forEach(parameter -> described.add(parameter.path("name").asString()));
            assertThat(described).as(path).isEqualTo(Set.copyOf(route.parameters()));
        });
    }

    @Test
    void the_api_answers_with_what_its_description_requires() throws Exception {
        JsonNode schemas = server.json("openapi.json").path("components").path("schemas");
        check(schemas.path("Content"), server.json("contents").path("items").get(0));
        check(schemas.path("Peer"), server.json("peers").path("items").get(0));
        check(schemas.path("Session"), server.json("sessions", "peer", "alice").path("items").get(0));
        check(schemas.path("Step"), server.json("activity").path("items").get(0));
        check(schemas.path("Mapping"), server.json("history", "id", ID).path("items").get(0));
        check(schemas.path("Offender"), server.json("offenders").path("items").get(0));
        check(schemas.path("Status"), server.json("status"));
        check(schemas.path("FrontEnd"), server.json("status").path("frontEnds").get(0));
    }

    private static void check(JsonNode schema, JsonNode value) {
        assertThat(schema.path("properties").propertyNames()).containsAll(value.propertyNames());
        schema.path("required").forEach(name -> assertThat(value.has(name.asString())).as(name.asString()).isTrue());
    }

    @Test
    void an_address_that_is_taken_is_told_with_the_cure(@TempDir Path other) {
        String taken = "127.0.0.1:" + server.address().getPort();
        assertThatThrownBy(() -> new HttpServer(other, "http.bind=" + taken)).isInstanceOf(CannotListenException.class)
                .hasMessage("the page and the API can't listen on " + taken + " (Address already in use): stop what"
                        + " listens there, or choose another address with --set http.bind=…");
    }
}
