package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.transportkit.Output;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.TimedChannel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answering side of a connection, on one thread. The replies to what has come go out together, so that one who asks for
 * one portion at a time gets each in one piece, and one who asks for many gets them with few writes.
 */
final class ServedRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ServedRequests.class);
    private static final int AT_ONCE = 16;

    private final TimedChannel client;
    private final ServerLimits limits;
    private final Shelf shelf;
    private final Output output;
    private final PortionReader reader;
    private final ByteBuffer requests = ByteBuffer.allocate(AT_ONCE * Request.LENGTH).limit(0);
    private final ByteBuffer replies = ByteBuffer.allocate(AT_ONCE * Reply.LENGTH);

    ServedRequests(TimedChannel client, ServerLimits limits, Shelf shelf) {
        this.client = client;
        this.limits = limits;
        this.shelf = shelf;
        this.output = new Output(client, limits.slice());
        this.reader = new PortionReader(client::isOpen);
    }

    /** Serves until the client leaves. */
    void run() throws IOException {
        while (receive()) {
            while (requests.remaining() >= Request.LENGTH) {
                answer(requests.slice(requests.position(), Request.LENGTH)).write(replies);
                requests.position(requests.position() + Request.LENGTH);
            }
            output.write(replies.flip());
            replies.clear();
        }
    }

    /** Waits for the rest of at least one request; false when the client has left. */
    private boolean receive() throws IOException {
        requests.compact();
        client.allow(requests.position() == 0 ? limits.idle() : limits.request());
        while (requests.position() < Request.LENGTH) {
            boolean first = requests.position() == 0;
            if (!client.read(requests)) {
                return left(first);
            }
            if (first) {
                client.allow(limits.request());
            }
        }
        client.allowForever();
        requests.flip();
        return true;
    }

    private static boolean left(boolean betweenRequests) throws EOFException {
        if (betweenRequests) {
            return false;
        }
        throw new EOFException("it left in the middle of a request");
    }

    /** What is no request is answered like one for a file that is not there: nothing else could be said. */
    private Reply answer(ByteBuffer bytes) {
        try {
            return answer(Request.parse(bytes));
        } catch (IllegalArgumentException e) {
            LOG.debug("{} asks for what can't be: {}", client, e.getMessage());
            return Reply.absent(0);
        }
    }

    private Reply answer(Request request) {
        long portion = request.portion();
        Optional<SharedContent> found = shelf.find(ContentReference.byName(request.name()));
        if (found.isEmpty()) {
            return Reply.absent(portion);
        }
        SharedContent content = found.get();
        if (request.existence()) {
            return Reply.present(portion, content.size());
        }
        if (!Portions.contains(portion, content.size())) {
            return Reply.outOfRange(portion, content.size());
        }
        return data(content, portion);
    }

    private Reply data(SharedContent content, long portion) {
        try {
            return Reply.data(portion, content.size(), reader.read(content, portion));
        } catch (IOException e) {
            LOG.debug("{} can't have portion {} of {}: {}", client, portion, content.name(), e.getMessage());
            return Reply.absent(portion);
        }
    }
}
