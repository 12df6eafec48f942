package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Parameters(commandDescription = "downloads a file or a folder by its name or id, verifies it, and offers it at once")
final class GetCommand extends DataCommand {

    /** How many missing files are told; {@code --json} tells all. */
    private static final int LISTED = 20;

    @Parameter(description = "NAME|ID", required = true)
    private String content = "";

    @Parameter(names = {"-o",
            "--output"}, description = "the file to download to, or with a slash at its end the folder; a folder is downloaded to it, or with a slash into it")
    private String output = "";

    @Parameter(names = "--sequential", description = "fetches from the first piece to the last, for watching NAME.part while it comes")
    private boolean sequential;

    @Parameter(names = "--from", description = "the only peer to download from")
    private String from = "";

    @Override
    void run(Output out) throws IOException, InterruptedException, ConfigException {
        ObjectNode arguments = arguments().put("content", content);
        if (!output.isEmpty()) {
            String absolute = Path.of(output).toAbsolutePath().toString();
            arguments.put("output", output.endsWith("/") ? absolute + "/" : absolute);
        }
        if (!from.isEmpty()) {
            arguments.put("from", from);
        }
        arguments.put("files", wantsJson()).put("sequential", sequential);
        JsonNode result;
        try (ProgressDisplay display = ProgressDisplay.of(out, wantsJson())) {
            result = ask(out, "get", arguments, display::show);
        }
        if (wantsJson()) {
            out.jsonLine(result);
        } else {
            out.line(result.has("failed") ? folderSummary(result) : summary(result));
            String obstacle = text(result, "obstacle");
            if (!obstacle.isEmpty()) {
                out.warn(obstacle);
            }
        }
        int failed = result.path("failed").size();
        if (failed > 0) {
            throw new IOException("%d of %d files are missing; run the command again to get them"
                    .formatted(failed, result.path("files").asInt()));
        }
    }

    private static String folderSummary(JsonNode result) {
        StringJoiner text = new StringJoiner("\n");
        result.path("failed").valueStream().limit(LISTED)
                .forEach(file -> text.add(text(file, "file") + ": " + text(file, "problem")));
        long bytes = bytesFrom(result);
        double seconds = result.path("seconds").asDouble();
        StringJoiner counts = new StringJoiner(", ");
        count(counts, result.path("fetched"), " fetched (%s) from %s".formatted(Sizes.text(bytes),
                String.join(", ", result.path("from").propertyNames())));
        count(counts, result.path("copied"), " copied from files of this peer");
        count(counts, result.path("present"), " there already");
        return text
                .add(String.format(Locale.ROOT, "%s/: %d files, %s, in %.1f s, all verified: %s", text(result, "path"),
                        result.path("files").asInt(), Sizes.text(result.path("size").asLong()), seconds, counts))
                .toString();
    }

    private static void count(StringJoiner counts, JsonNode count, String what) {
        if (count.asInt() > 0) {
            counts.add(count.asInt() + what);
        }
    }

    private static String summary(JsonNode result) {
        double seconds = result.path("seconds").asDouble();
        long size = result.path("size").asLong();
        if (!text(result, "copiedFrom").isEmpty()) {
            return "%s: copied from %s, verified %s".formatted(text(result, "path"), text(result, "copiedFrom"),
                    text(result, "id"));
        }
        if (result.path("from").isEmpty() && size > 0) {
            return "%s is there already and verified (%s)".formatted(text(result, "path"), text(result, "id"));
        }
        String verdict = text(result, "unverified").isEmpty()
                ? "verified " + text(result, "id")
                : text(result, "unverified") + " not verified: the protocol carries no hashes, and nobody knows the id;"
                        + " what came is " + text(result, "id");
        if (size == 0) {
            return "%s: an empty file, %s".formatted(text(result, "path"), verdict);
        }
        // what an earlier attempt left was not fetched now, and what two sources were asked for is one file all the same
        long fetched = Math.min(size, bytesFrom(result));
        return String.format(Locale.ROOT, "%s: %s%s in %.1f s (%s/s) from %s, %s", text(result, "path"),
                Sizes.text(size), fetched < size ? ", of which " + Sizes.text(fetched) : "", seconds,
                Sizes.text((long) (fetched / Math.max(seconds, 1e-3))),
                String.join(", ", result.path("from").propertyNames()), verdict);
    }

    private static long bytesFrom(JsonNode result) {
        return result.path("from").valueStream().mapToLong(JsonNode::asLong).sum();
    }
}
