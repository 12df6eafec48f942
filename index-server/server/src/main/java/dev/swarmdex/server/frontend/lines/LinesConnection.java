package dev.swarmdex.server.frontend.lines;

import dev.swarmdex.protocol.LineBuffer;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.lines.Reply;
import dev.swarmdex.protocol.lines.ReplyCodec;
import dev.swarmdex.protocol.lines.Request;
import dev.swarmdex.protocol.lines.RequestCodec;
import dev.swarmdex.protocol.lines.User;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.frontend.TcpReplies;
import dev.swarmdex.store.EndedBy;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conversation with one user, from its name to its farewell. For one thread. */
final class LinesConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LinesConnection.class);
    private static final int BUFFER = 8192;
    /** A client that sends that much nonsense in a row is not a user. */
    private static final int MOST_MALFORMED = 1_000;

    private final Socket socket;
    private final TcpReplies replies;
    private final LinesLookups lookups;
    private final LinesUsers users;
    private final Tally tally;
    private final Duration patience;
    private final LineBuffer lines = new LineBuffer(RequestCodec.LONGEST_LINE);
    private Optional<User> user = Optional.empty();
    private boolean closing;
    private int malformed;

    /** A conversation over that socket; a client may be silent for any time, and its lease is renewed at that rate. */
    LinesConnection(Socket socket, TcpReplies replies, LinesLookups lookups, LinesUsers users, Tally tally,
            Duration patience) {
        this.socket = socket;
        this.replies = replies;
        this.lookups = lookups;
        this.users = users;
        this.tally = tally;
        this.patience = patience;
    }

    /** Talks until the user goes or is of no use; then what it offered is gone. */
    void serve() throws IOException {
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            converse();
        } catch (MalformedMessageException e) {
            tally.malformed();
            LOG.debug("{} is cut off: {} (lines)", socket.getRemoteSocketAddress(), e.getMessage());
        } finally {
            user.ifPresent(one -> users.leave(one, this, closing ? EndedBy.DEREGISTERED : EndedBy.DISCONNECTED));
        }
    }

    private void converse() throws IOException, MalformedMessageException {
        byte[] bytes = new byte[BUFFER];
        while (!closing) {
            int length = read(bytes);
            if (length < 0) {
                return;
            }
            user.ifPresent(one -> users.renew(one, socket.getInetAddress(), this));
            for (String line : lines.add(ByteBuffer.wrap(bytes, 0, length))) {
                received(line);
            }
        }
    }

    /** The number of bytes that came: 0 if the client was silent for a while, -1 if it is gone. */
    private int read(byte[] bytes) throws IOException {
        try {
            return socket.getInputStream().read(bytes);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    private void received(String line) throws IOException, MalformedMessageException {
        if (closing) {
            return;
        }
        try {
            if (user.isEmpty()) {
                User arrived = RequestCodec.user(line);
                user = Optional.of(arrived);
                count(users.arrive(arrived, socket.getInetAddress(), this));
            } else {
                answer(RequestCodec.decode(line));
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
        LOG.debug("{}: {}", user, request);
        switch (request) {
            case Request.Register(String name, var paths) -> count(users.register(name, paths));
            case Request.Unregister(String name, var paths) -> count(users.deregister(name, paths));
            case Request.ListFiles _ -> sendFound(lookups::files);
            case Request.SendActivePeers _ -> sendFound(lookups::activePeers);
            case Request.Close _ -> closing = true;
        }
    }

    private void count(boolean done) {
        if (!done) {
            tally.refused();
        }
    }

    private void sendFound(Supplier<Reply> reply) throws IOException {
        tally.lookup();
        replies.sendList(() -> ReplyCodec.encode(reply.get()));
    }
}
