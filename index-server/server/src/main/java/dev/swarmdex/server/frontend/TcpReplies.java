package dev.swarmdex.server.frontend;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told over its connection. A client that does not read costs little: lists are sent in turn, and a connection that
 * takes nothing for a while is closed. For the connection's thread.
 */
public final class TcpReplies {

    private static final Logger LOG = LoggerFactory.getLogger(TcpReplies.class);
    /** For each part. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PART = 256 << 10;

    private final Socket socket;
    private final Guard guard;
    private final Tally tally;
    private final Duration patience;

    /** Replies over that socket. Whoever waits too long for its turn, or doesn't read, is counted as limited. */
    public TcpReplies(Socket socket, Guard guard, Tally tally) {
        this(socket, guard, tally, PATIENCE);
    }

    TcpReplies(Socket socket, Guard guard, Tally tally, Duration patience) {
        this.socket = socket;
        this.guard = guard;
        this.tally = tally;
        this.patience = patience;
    }

    /** Sends something short. */
    public void send(String reply) throws IOException {
        write(reply.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a list when its turn has come, and sends it. */
    public void sendList(Supplier<String> list) throws IOException {
        boolean sent = guard.lists().send(socket.getInetAddress(), () -> {
            if (!socket.isClosed()) {
                send(list.get());
            }
        });
        if (!sent) {
            tally.limited();
            throw new IOException("too many lists are being sent");
        }
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (int from = 0; from < bytes.length; from += PART) {
            Thread watch = Thread.startVirtualThread(this::closeLater);
            try {
                out.write(bytes, from, Math.min(PART, bytes.length - from));
            } finally {
                watch.interrupt();
            }
        }
    }

    /** Until then, it is interrupted: a socket has no timeout for writing. */
    private void closeLater() {
        try {
            Thread.sleep(patience);
        } catch (InterruptedException e) {
            return; // written
        }
        tally.limited();
        LOG.debug("{} does not read what it asked for", socket.getRemoteSocketAddress());
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("a socket could not be closed: {}", e.getMessage());
        }
    }
}
