package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.Logging;
import dev.swarmdex.peer.host.assembly.HostConfig;
import dev.swarmdex.peer.host.assembly.PeerHost;
import dev.swarmdex.peer.host.control.ControlClient;
import dev.swarmdex.peer.host.control.FailureText;
import dev.swarmdex.peer.host.control.Operations;
import dev.swarmdex.peer.host.folder.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Parameters(commandDescription = "offers files or folders; where no host runs, for as long as this command does")
final class ShareCommand extends DataCommand {

    private static final Duration FOREVER = Duration.ofDays(365_000);
    /** How many files are told, beside all folders; {@code --json} tells all. */
    private static final int LISTED = 20;

    @Parameter(description = "PATH…", required = true)
    private List<String> paths = new ArrayList<>();

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        ObjectNode arguments = arguments();
        ArrayNode absolute = arguments.putArray("paths");
        paths.forEach(path -> absolute.add(Path.of(path).toAbsolutePath().normalize().toString()));
        if (givenHost().isPresent()) {
            print(output, givenHost().get().execute("share", arguments, event -> tellUnknown(output, event)));
            return;
        }
        HostConfig config = readConfig(output);
        Optional<ControlClient> running = ControlClient.find(config.stateDir());
        if (running.isPresent()) {
            warnOfOverrides(output);
            print(output, running.get().execute("share", arguments, event -> tellUnknown(output, event)));
            return;
        }
        Logging.quiet();
        try (PeerHost host = PeerHost.startForNow(config)) {
            shareUntilStopped(output, host.operations(), arguments);
        }
    }

    private void shareUntilStopped(Output output, Operations host, ObjectNode arguments)
            throws IOException, InterruptedException {
        JsonNode shared = host.execute("share", arguments, event -> tellUnknown(output, event));
        print(output, shared);
        output.warn("offering until Ctrl-C, since no host runs with this config (swarmdex peer run)");
        Thread.sleep(FOREVER);
    }

    private static void tellUnknown(Output output, JsonNode event) {
        output.warn("offered; the index does not know it yet: " + text(event, "indexState"));
    }

    private void print(Output output, JsonNode shared) {
        paths.stream().filter(path -> Files.isSymbolicLink(Path.of(path))).forEach(link -> tellLink(output, link));
        if (wantsJson()) {
            shared.forEach(output::jsonLine);
            return;
        }
        Map<Boolean, List<JsonNode>> byKind = shared.valueStream()
                // those with something to say come first
                .sorted(Comparator.comparing(content -> text(content, "nameTakenBy").isEmpty()))
                .collect(Collectors.partitioningBy(content -> text(content, "name").endsWith(Manifest.SUFFIX)));
        List<JsonNode> files = byKind.getOrDefault(false, List.of());
        files.stream().limit(LISTED).forEach(file -> tell(output, file));
        if (files.size() > LISTED) {
            output.line(String.format(Locale.ROOT, "and %,d more files; --json tells all", files.size() - LISTED));
        }
        byKind.getOrDefault(true, List.of()).forEach(folder -> tell(output, folder));
    }

    private static void tellLink(Output output, String link) {
        try {
            output.warn(link + " is a link: " + Path.of(link).toRealPath() + " is shared");
        } catch (IOException gone) {
            output.warn(link + " is a link, which leads nowhere any more: " + FailureText.of(gone));
        }
    }

    private static void tell(Output output, JsonNode content) {
        String other = text(content, "nameTakenBy");
        output.line("%s  %s  %s%s".formatted(text(content, "name"), Sizes.text(content.path("size").asLong()),
                text(content, "id"), other.isEmpty() ? "" : "  by this id only: " + other + " has the name"));
    }
}
