package dev.swarmdex.server.frontend.session;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.session.MessageBuffer;
import dev.swarmdex.protocol.session.Reply;
import dev.swarmdex.protocol.session.ReplyCodec;
import dev.swarmdex.protocol.session.Request;
import dev.swarmdex.protocol.session.RequestCodec;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.frontend.TcpReplies;
import dev.swarmdex.store.EndedBy;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conversation with one peer, from its first word to its last. For one thread. */
final class SessionConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SessionConnection.class);
    private static final int BUFFER = 8192;
    /** How long a message that ends with a full chunk waits for more. */
    private static final Duration MOMENT = Duration.ofMillis(200);
    /** A client that sends that much nonsense in a row is not a peer. */
    private static final int MOST_MALFORMED = 1_000;

    private final Socket socket;
    private final TcpReplies replies;
    private final SessionLookups lookups;
    private final SessionChanges changes;
    private final Tally tally;
    private final Duration patience;
    private final MessageBuffer messages = new MessageBuffer();
    /** What to do with the names that were asked for with {@code SEND FILES}. */
    private Optional<Predicate<List<String>>> awaited = Optional.empty();
    private int malformed;

    /** A conversation over that socket; a client may be silent for any time, and its lease is renewed at that rate. */
    SessionConnection(Socket socket, TcpReplies replies, SessionLookups lookups, SessionChanges changes, Tally tally,
            Duration patience) {
        this.socket = socket;
        this.replies = replies;
        this.lookups = lookups;
        this.changes = changes;
        this.tally = tally;
        this.patience = patience;
    }

    /** Talks until the peer goes or is of no use; then what it offered is gone. */
    void serve() throws IOException {
        LOG.debug("peer {} connected (session)", changes.key());
        try {
            converse();
        } catch (MalformedMessageException e) {
            tally.malformed();
            LOG.debug("peer {} is cut off: {}", changes.key(), e.getMessage());
        } finally {
            changes.leave(EndedBy.DISCONNECTED);
            LOG.debug("peer {} disconnected (session)", changes.key());
        }
    }

    private void converse() throws IOException, MalformedMessageException {
        byte[] bytes = new byte[BUFFER];
        Duration wait = patience;
        while (true) {
            int length = read(bytes, wait);
            if (length < 0) {
                return;
            }
            changes.renew();
            List<String> finished = length == 0
                    ? messages.flush().stream().toList()
                    : messages.add(ByteBuffer.wrap(bytes, 0, length));
            wait = length > 0 && finished.isEmpty() ? MOMENT : patience;
            for (String message : finished) {
                received(message);
            }
        }
    }

    /** The number of bytes that came: 0 if the client was silent for that time, -1 if it is gone. */
    private int read(byte[] bytes, Duration wait) throws IOException {
        socket.setSoTimeout(Math.toIntExact(wait.toMillis()));
        try {
            return socket.getInputStream().read(bytes);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    private void received(String message) throws IOException, MalformedMessageException {
        try {
            if (awaited.isPresent()) {
                Predicate<List<String>> use = awaited.get();
                awaited = Optional.empty();
                count(use.test(RequestCodec.names(message)));
            } else {
                answer(RequestCodec.decode(message));
            }
            malformed = 0;
        } catch (MalformedMessageException e) {
            tally.malformed();
            if (++malformed == MOST_MALFORMED) {
                throw e;
            }
        }
    }

    private void answer(Request request) throws IOException {
        tally.request(request.getClass());
        LOG.debug("peer {}: {}", changes.key(), request);
        switch (request) {
            case Request.Register(int port) -> await(names -> changes.register(port, names));
            case Request.Delete _,Request.Update _ -> await(changes::update);
            case Request.Unregister _ -> count(changes.leave(EndedBy.DEREGISTERED));
            case Request.ListFiles _ -> {
                tally.lookup();
                replies.sendList(() -> ReplyCodec.encode(lookups.files(changes.key())));
            }
            case Request.Download(String name) -> {
                tally.lookup();
                send(lookups.nodes(name, changes.key()));
            }
        }
    }

    private void await(Predicate<List<String>> use) throws IOException {
        awaited = Optional.of(use);
        send(new Reply.SendFiles());
    }

    private void count(boolean done) {
        if (!done) {
            tally.refused();
        }
    }

    private void send(Reply reply) throws IOException {
        replies.send(ReplyCodec.encode(reply));
    }
}
