package dev.swarmdex.plugin.pdu;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.transportkit.ConnectionPerTransfer;
import dev.swarmdex.peer.transportkit.Options;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import dev.swarmdex.protocol.pdu.Filename;
import dev.swarmdex.protocol.pdu.TransferForm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.Extension;

/**
 * The transfers of seed 000. Options: {@code form} is {@code document}, the default, or {@code program}, on both sides;
 * {@code max-connections} counts for the server.
 */
@Extension
public final class PduTransport implements Transport {

    private static final String SCHEME = "pdu";
    private static final String FORM = "form";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        Options given = options(options);
        return serve(bind, ServerLimits.of(given), form(given), shelf);
    }

    static StreamServer serve(InetSocketAddress bind, ServerLimits limits, TransferForm form, Shelf shelf)
            throws IOException {
        return StreamServer.start(SCHEME, bind, limits, client -> new Sending(client, limits, form, shelf).run());
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) {
        if (!endpoint.scheme().equals(SCHEME)) {
            throw new IllegalArgumentException("transport pdu does not speak to " + endpoint);
        }
        Options given = options(options);
        ServerLimits.of(given);
        TransferForm form = form(given);
        return new ConnectionPerTransfer(endpoint, timeout, PduTransport::isFilename,
                (channel, name) -> new Receiving(channel, timeout, form).ask(name));
    }

    private static Options options(Map<String, String> options) {
        return Options.of(SCHEME, options, FORM, ServerLimits.MAX_CONNECTIONS);
    }

    private static TransferForm form(Options options) {
        return options.choice(FORM, TransferForm.class, TransferForm.DOCUMENT);
    }

    private static boolean isFilename(String name) {
        try {
            Filename.check(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
