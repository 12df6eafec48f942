package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

@Parameters(commandDescription = "tells what the host shares, downloads and uploads right now")
final class StatusCommand extends DataCommand {

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        JsonNode status = ask(output, "status", arguments());
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
        Table downloads = new Table("DOWNLOAD", "SIZE", "RECEIVED", "RATE", "FROM");
        for (JsonNode download : status.path("downloads")) {
            downloads.row(text(download, "name"), Sizes.text(download.path("size").asLong()),
                    Sizes.text(download.path("received").asLong()), Sizes.text(download.path("rate").asLong()) + "/s",
                    String.join(", ", download.path("sources").valueStream().map(peer -> peer.asString("")).toList()));
        }
        if (!downloads.isEmpty()) {
            downloads.print(output);
        }
        Table uploads = new Table("UPLOAD", "SENT", "READERS");
        for (JsonNode upload : status.path("uploads")) {
            uploads.row(text(upload, "name"), Sizes.text(upload.path("bytes").asLong()),
                    upload.path("active").asLong());
        }
        if (!uploads.isEmpty()) {
            uploads.print(output);
        }
    }
}
