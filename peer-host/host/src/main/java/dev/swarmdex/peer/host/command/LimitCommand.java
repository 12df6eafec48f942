package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.DataRate;
import dev.swarmdex.peer.host.operation.HostStatus;
import dev.swarmdex.peer.host.rate.TransferSettings;
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

    /** What can't be read is wrong usage; only the host can tell of the rest. */
    private void check() throws UsageException {
        try {
            new HostStatus.Limits(upload, download, uploadPerPeer, uploadSlots).onTopOf(new TransferSettings(
                    DataRate.UNLIMITED, DataRate.UNLIMITED, DataRate.UNLIMITED, 1));
        } catch (IOException wrong) {
            throw new UsageException("--" + wrong.getMessage());
        }
    }

    static String line(JsonNode limits) {
        return "limits: upload %s (%s for each peer, %s requests at a time), download %s".formatted(
                text(limits, "upload"), text(limits, "uploadPerPeer"), text(limits, "uploadSlots"),
                text(limits, "download"));
    }
}
