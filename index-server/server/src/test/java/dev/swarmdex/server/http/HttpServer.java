package dev.swarmdex.server.http;

import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import dev.swarmdex.server.run.IndexServer;
import dev.swarmdex.server.settings.ServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A whole index server with its page, and a client of each of its two sides. */
final class HttpServer implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final IndexServer server;

    HttpServer(Path folder, String... overrides) throws Exception {
        Path config = Files.writeString(folder.resolve("index-server.toml"), """
                [store]
                url = "jdbc:h2:file:%s/index"
                durability = "process"
                [http]
                bind = "127.0.0.1:0"
                [[frontend]]
                protocol = "native"
                bind = "127.0.0.1:0"
                """.formatted(folder));
        server = IndexServer.start(
                ConfigReader.read(ServerSettings.class, config, List.of(overrides), Map.of()).config(),
                System::nanoTime);
    }

    IndexServer server() {
        return server;
    }

    InetSocketAddress address() {
        return server.httpAddress().orElseThrow();
    }

    NativeClient peer() throws IOException {
        return new NativeClient(server.frontEnds().getFirst().address());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /** Asks, and does not wait for the answer. */
    CompletableFuture<HttpResponse<String>> ask(String path) {
        return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What the API answers, which must be a success. */
    JsonNode json(String path, String... parameters) throws Exception {
        List<String> query = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.add(parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = get("/api/v1/" + path + "?" + String.join("&", query));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + address().getPort() + path);
    }

    /** Sends text as it is, and reads until the server closes or has nothing more to say. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
