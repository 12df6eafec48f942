package dev.swarmdex.server.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

/** One tab of a real Chromium, by its DevTools protocol, which needs no driver of its own. */
final class Browser implements AutoCloseable {

    private static final String PROGRAM = "chromium";
    private static final int MOST_SECONDS = 60;
    private static final int LINES_OF_PORT_FILE = 2;

    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final WebSocket socket;
    private final String session;

    private Browser(Process process, URI address) throws Exception {
        this.process = process;
        socket = client.newWebSocketBuilder().buildAsync(address, new Messages()).get(MOST_SECONDS, TimeUnit.SECONDS);
        String target = send("", "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
        session = send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true)).path("sessionId")
                .asString();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    static Browser start(Path folder) throws Exception {
        ProcessBuilder program = new ProcessBuilder(PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu",
                "--no-first-run", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--user-data-dir=" + folder)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process;
        try {
            process = program.start();
        } catch (IOException e) {
            return fail(PROGRAM + " is missing: apt-get install -y chromium", e);
        }
        try {
            Path port = folder.resolve("DevToolsActivePort");
            await().atMost(MOST_SECONDS, TimeUnit.SECONDS)
                    .until(() -> Files.exists(port) && Files.readAllLines(port).size() == LINES_OF_PORT_FILE);
            List<String> lines = Files.readAllLines(port);
            return new Browser(process, URI.create("ws://127.0.0.1:" + lines.getFirst() + lines.getLast()));
        } catch (Exception | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** What it put on its console as errors, and what scripts threw. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The value of an expression in the page, as text. */
    String see(String expression) throws Exception {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
        if (answer.has("exceptionDetails")) {
            return fail(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value").asString();
    }

    /** Waits until an expression in the page is true. */
    void waitUntil(String expression) {
        await(expression).atMost(MOST_SECONDS, TimeUnit.SECONDS).until(() -> see(expression).equals("true"));
    }

    void click(String selector) throws Exception {
        see("document.querySelector('" + selector + "').click()");
    }

    /** Types one key that has a name, such as Tab. */
    void press(String key) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", 9));
        }
    }

    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        return send(session, method, parameters);
    }

    private JsonNode send(String to, String method, Map<String, ?> parameters) throws Exception {
        int call = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(call, answer);
        Map<String, Object> message = new ConcurrentHashMap<>(
                Map.of("id", call, "method", method, "params", parameters));
        if (!to.isEmpty()) {
            message.put("sessionId", to);
        }
        socket.sendText(HttpServer.JSON.writeValueAsString(message), true).get(MOST_SECONDS, TimeUnit.SECONDS);
        JsonNode told = answer.get(MOST_SECONDS, TimeUnit.SECONDS);
        if (told.has("error")) {
            return fail(method + ": " + told.path("error"));
        }
        return told.path("result");
    }

    @Override
    public void close() {
        try (client) {
            // in order, so that nothing of it writes to its folder any more when that is removed
            send("", "Browser.close", Map.of());
            socket.abort();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                fail(PROGRAM + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            fail(PROGRAM + " can't be told to end", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(HttpServer.JSON.readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(JsonNode message) {
            CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt(0));
            if (answer != null) {
                answer.complete(message);
            }
            JsonNode about = message.path("params");
            switch (message.path("method").asString("")) {
                case "Runtime.exceptionThrown" -> complaints.add(about.toString());
                case "Runtime.consoleAPICalled" -> complain(about.path("type"), about);
                case "Log.entryAdded" -> complain(about.path("entry").path("level"), about);
                default -> {
                    // of no interest
                }
            }
        }

        private void complain(JsonNode level, JsonNode about) {
            if (level.asString("").equals("error")) {
                complaints.add(about.toString());
            }
        }
    }
}
