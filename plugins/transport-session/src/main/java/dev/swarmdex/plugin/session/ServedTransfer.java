package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.Output;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.session.TransferCodec;
import dev.swarmdex.protocol.session.TransferCodec.Offer.Specs;
import dev.swarmdex.protocol.session.TransferCodec.Offer.Unavailable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The sending side of one transfer, on one thread. */
final class ServedTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(ServedTransfer.class);
    /** A name and the end of a line, and one byte that tells that it is too long. */
    private static final int LONGEST_REQUEST = TransferCodec.LONGEST_NAME + 3;

    private final TimedChannel client;
    private final ServerLimits limits;
    private final Shelf shelf;
    private final Md5Cache digests;
    private final Input input;
    private final Output output;
    private @Nullable Thread listener;
    /** Whether the client ended its side while it waited for the MD5. */
    private volatile boolean left;

    ServedTransfer(TimedChannel client, ServerLimits limits, Shelf shelf, Md5Cache digests) {
        this.client = client;
        this.limits = limits;
        this.shelf = shelf;
        this.digests = digests;
        this.input = new Input(client, ByteBuffer.allocate(LONGEST_REQUEST));
        this.output = new Output(client, limits.slice());
    }

    /** Sends the file that the client asks for, or tells it that there is none. */
    void run() throws IOException {
        client.allow(limits.request());
        ByteBuffer request = input.takeSome(LONGEST_REQUEST);
        client.allowForever();
        Optional<SharedContent> content = find(request);
        TransferCodec.Offer offer = content.isPresent() ? offer(content.get()) : new Unavailable();
        say(TransferCodec.encode(offer));
        if (content.isPresent() && offer instanceof Specs specs) {
            hear(TransferCodec.SPECS_RECEIVED);
            output.write(content.get(), 0, specs.size());
        } else {
            hear(TransferCodec.ERROR_RECEIVED);
        }
        output.end();
    }

    private Optional<SharedContent> find(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        try {
            return shelf.find(ContentReference.byName(TransferCodec.requestedName(bytes)));
        } catch (MalformedMessageException | IllegalArgumentException e) {
            LOG.debug("{} asks for what can't be: {}", client, e.getMessage());
            return Optional.empty();
        }
    }

    private TransferCodec.Offer offer(SharedContent content) {
        listener = Thread.ofVirtual().name("session-listener").start(this::listen);
        try {
            return new Specs(content.size(),
                    digests.of(content, () -> client.isOpen() && !left, client::isOpen));
        } catch (IOException e) {
            LOG.debug("{} can't have {}: {}", client, content.name(), e.getMessage());
            return new Unavailable();
        }
    }

    /** An MD5 may take minutes, and who leaves meanwhile is not to keep its place; it ends with the connection at last. */
    private void listen() {
        try {
            left = !input.hasNext();
        } catch (IOException gone) {
            LOG.debug("{} left: {}", client, gone.getMessage());
        }
    }

    private void say(String words) throws IOException {
        output.write(ByteBuffer.wrap(words.getBytes(UTF_8)));
    }

    /** The input is this thread's again after that. */
    private void awaitListener() throws IOException {
        if (listener == null) {
            return;
        }
        try {
            listener.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the client");
        }
    }

    private void hear(String words) throws IOException {
        client.allow(limits.request());
        awaitListener();
        String heard = UTF_8.decode(input.take(words.length())).toString();
        client.allowForever();
        if (!heard.equals(words)) {
            throw new ProtocolException("it says something else than '" + words + "'");
        }
    }
}
