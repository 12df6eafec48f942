package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

@Parameters(commandDescription = "tells what the host shares, downloads and uploads right now")
final class StatusCommand extends DataCommand {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String CLEAR_SCREEN = "\u001B[H\u001B[2J\u001B[3J";
    /** How many rows of a table are shown; {@code --json} has all. */
    private static final int MOST_ROWS = 20;

    @Parameter(names = {"-w", "--watch"}, description = "tells it again every second, until Ctrl-C")
    private boolean watch;

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        if (!watch) {
            print(output, ask(output, "status", arguments()));
            return;
        }
        while (!output.isLost()) {
            JsonNode status = ask(output, "status", arguments());
            if (wantsJson()) {
                output.jsonLine(status);
            } else {
                output.line(output.terminal() ? CLEAR_SCREEN : "");
                print(output, status);
            }
            Thread.sleep(PERIOD);
        }
    }

    private void print(Output output, JsonNode status) {
        if (wantsJson()) {
            output.json(status);
            return;
        }
        output.line("peer " + text(status, "peer") + ", " + text(status, "index"));
        JsonNode hosts = status.path("hosts");
        if (!hosts.isEmpty()) {
            output.line("knows %d hosts, of which %d are there".formatted(hosts.size(),
                    hosts.valueStream().filter(host -> host.path("present").asBoolean()).count()));
        }
        long bytes = status.path("shares").valueStream().mapToLong(share -> share.path("size").asLong()).sum();
        output.line("shares %d contents, %s".formatted(status.path("shares").size(), Sizes.text(bytes)));
        output.line(LimitCommand.line(status.path("limits")));
        JsonNode hashing = status.path("hashing");
        if (hashing.path("files").asLong() > 0) {
            output.line("hashing %d files, %s of %s done".formatted(hashing.path("files").asLong(),
                    Sizes.text(hashing.path("done").asLong()), Sizes.text(hashing.path("total").asLong())));
        }
        printTransfers(output, status);
    }

    private static void printTransfers(Output output, JsonNode status) {
        Table downloads = new Table("DOWNLOAD", "SIZE", "RECEIVED", "VERIFIED", "RATE", "LEFT", "FROM");
        for (JsonNode download : status.path("downloads")) {
            downloads.row(text(download, "name"), size(download, "size"), size(download, "received"),
                    size(download, "verified"), size(download, "rate") + "/s", left(download),
                    joined(download.path("sources")));
        }
        if (!downloads.isEmpty()) {
            downloads.print(output);
        }
        List<JsonNode> latest = status.path("uploads").valueStream()
                .sorted(Comparator.comparingLong((JsonNode upload) -> upload.path("active").asLong())
                        .thenComparingLong(upload -> upload.path("rate").asLong())
                        .thenComparingLong(upload -> upload.path("bytes").asLong()).reversed())
                .toList();
        Table uploads = new Table("UPLOAD", "SENT", "RATE", "READERS", "TO");
        latest.stream().limit(MOST_ROWS).forEach(upload -> uploads.row(text(upload, "name"), size(upload, "bytes"),
                size(upload, "rate") + "/s", upload.path("active").asLong(), joined(upload.path("to"))));
        if (!uploads.isEmpty()) {
            uploads.print(output);
        }
        if (latest.size() > MOST_ROWS) {
            output.line("and " + (latest.size() - MOST_ROWS) + " more contents that were sent");
        }
    }

    private static String size(JsonNode object, String field) {
        return Sizes.text(object.path(field).asLong());
    }

    /** How long it takes at its rate. */
    private static String left(JsonNode download) {
        long rate = download.path("rate").asLong();
        long missing = download.path("size").asLong() - download.path("received").asLong();
        return rate <= 0 || missing < 0 ? "-" : missing / rate + " s";
    }

    private static String joined(JsonNode names) {
        return names.valueStream().map(name -> name.asString("")).collect(Collectors.joining(", "));
    }
}
