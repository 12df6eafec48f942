package dev.swarmdex.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server says of itself over HTTP. */
final class ServerStatus implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI page;

    ServerStatus(URI page) {
        this.page = page;
    }

    /** Where its front-ends listen, by protocol. */
    Map<String, InetSocketAddress> addresses() throws IOException, InterruptedException {
        Map<String, InetSocketAddress> addresses = new HashMap<>();
        for (JsonNode each : status().path("frontEnds")) {
            URI address = URI.create("udp://" + each.path("address").asString());
            addresses.put(each.path("protocol").asString(),
                    new InetSocketAddress(address.getHost(), address.getPort()));
        }
        return addresses;
    }

    /** How many datagrams the front-ends of those protocols have taken in, whatever they were. */
    long taken(Set<String> protocols) throws IOException, InterruptedException {
        long taken = 0;
        for (JsonNode each : status().path("frontEnds")) {
            if (!protocols.contains(each.path("protocol").asString())) {
                continue;
            }
            taken += each.path("malformed").asLong() + each.path("ignored").asLong();
            for (JsonNode count : each.path("requests")) {
                taken += count.asLong();
            }
        }
        return taken;
    }

    /** A line of what the front-ends counted. */
    String counts() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (JsonNode each : status().path("frontEnds")) {
            long requests = 0;
            for (JsonNode count : each.path("requests")) {
                requests += count.asLong();
            }
            text.append("%s: %,d requests, %,d malformed, %,d ignored, %,d refused, %,d shed%n".formatted(
                    each.path("protocol").asString(), requests, each.path("malformed").asLong(),
                    each.path("ignored").asLong(), each.path("refused").asLong(), each.path("shed").asLong()));
        }
        return text.toString();
    }

    /** The bytes of its heap that are in use. */
    double heap() throws IOException, InterruptedException {
        return HEAP.matcher(get("/metrics")).results().mapToDouble(match -> Double.parseDouble(match.group(1))).sum();
    }

    @Override
    public void close() {
        client.close();
    }

    private JsonNode status() throws IOException, InterruptedException {
        return JSON.readTree(get("/api/v1/status"));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(page.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
