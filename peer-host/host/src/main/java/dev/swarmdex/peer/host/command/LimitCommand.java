package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.DataRate;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

@Parameters(commandDescription = "shows the transfer limits, or changes them until the host stops")
final class LimitCommand extends DataCommand {

    @Parameter(names = "--upload", description = "what all uploads together may send, say 20MB/s, 100Mbit/s, unlimited")
    private String upload = "";

    @Parameter(names = "--download", description = "what all downloads together may receive")
    private String download = "";

    @Parameter(names = "--upload-per-peer", description = "what all uploads to one address together may send")
    private String uploadPerPeer = "";

    @Parameter(names = "--upload-slots", description = "how many requests are answered with data at a time")
    private String uploadSlots = "";

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        check();
        JsonNode limits = ask(output, "limit", arguments().put("upload", upload).put("download", download)
                .put("uploadPerPeer", uploadPerPeer).put("uploadSlots", uploadSlots));
        if (wantsJson()) {
            output.json(limits);
        } else {
            output.line(line(limits));
        }
    }

    /** What can't be read is wrong usage; of the rest the host tells. */
    private void check() throws UsageException {
        checkRate("--upload", upload);
        checkRate("--download", download);
        checkRate("--upload-per-peer", uploadPerPeer);
        if (!uploadSlots.matches("[0-9]*")) {
            throw new UsageException("--upload-slots: not a whole number: " + uploadSlots);
        }
    }

    private static void checkRate(String option, String text) throws UsageException {
        try {
            DataRate.parse(text.isEmpty() ? "unlimited" : text);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("%s: \"%s\" is not a rate such as \"20MB/s\", \"100Mbit/s\" or \"unlimited\": %s"
                    .formatted(option, text, wrong.getMessage()));
        }
    }

    static String line(JsonNode limits) {
        return "limits: upload %s (%s for each peer, %s requests at a time), download %s".formatted(
                text(limits, "upload"), text(limits, "uploadPerPeer"), text(limits, "uploadSlots"),
                text(limits, "download"));
    }
}
