package dev.swarmdex.plugin.lines;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.Output;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.lines.FilePath;
import dev.swarmdex.protocol.lines.TransferCodec;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sending side of one transfer, on one thread. */
final class ServedPath {

    private static final Logger LOG = LoggerFactory.getLogger(ServedPath.class);
    /** A path and the end of a line, and one byte that tells that it is too long. */
    private static final int LONGEST_REQUEST = FilePath.LONGEST + 3;
    private static final int RESET = 0;
    private static final int IN_ORDER = -1;

    private final TimedChannel client;
    private final ServerLimits limits;
    private final Shelf shelf;

    ServedPath(TimedChannel client, ServerLimits limits, Shelf shelf) {
        this.client = client;
        this.limits = limits;
        this.shelf = shelf;
    }

    /** Sends the file that the client asks for, or nothing if there is none. */
    void run() throws IOException {
        client.allow(limits.request());
        ByteBuffer request = new Input(client, ByteBuffer.allocate(LONGEST_REQUEST)).takeSome(LONGEST_REQUEST);
        client.allowForever();
        Output output = new Output(client, limits.slice());
        Optional<SharedContent> content = find(request);
        if (content.isPresent()) {
            send(content.get(), output);
        }
        output.end();
    }

    private Optional<SharedContent> find(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        try {
            return shelf.find(ContentReference.byName(TransferCodec.requestedPath(bytes)));
        } catch (MalformedMessageException | IllegalArgumentException e) {
            LOG.debug("{} asks for what can't be: {}", client, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * An end of the connection is all that tells the client that it has the whole file. So whatever closes it before that,
     * be it a failure, the deadline or the end of this server, resets it instead.
     */
    private void send(SharedContent content, Output output) throws IOException {
        linger(RESET);
        output.write(content, 0, content.size());
        linger(IN_ORDER);
    }

    private void linger(int seconds) throws IOException {
        client.socket().setOption(StandardSocketOptions.SO_LINGER, seconds);
    }
}
