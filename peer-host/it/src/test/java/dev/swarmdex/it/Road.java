package dev.swarmdex.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A way to a peer that lets only some bytes of its answers through, until it is opened. What is to happen in the middle
 * of a download is done while the road is closed: so the download is certainly under way, however fast the machine.
 */
final class Road implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch destinationKnown = new CountDownLatch(1);
    private volatile int destination;
    /** Guarded by this. */
    private long allowance;

    Road(long bytesBeforeItIsClosed) throws IOException {
        allowance = bytesBeforeItIsClosed;
        Thread.ofVirtual().start(this::accept);
    }

    /** The setting by which a host tells the others to come by this road. */
    String setting() {
        return "transport.tcp.advertise=127.0.0.1:" + listener.getLocalPort();
    }

    /** The line of a hosts file by which its readers come by this road. */
    String endpoint(String scheme) {
        return scheme + "://127.0.0.1:" + listener.getLocalPort();
    }

    /** Where the road leads. */
    void leadTo(Peer peer) {
        leadTo(peer.port());
    }

    /** Where the road leads. */
    void leadTo(int port) {
        destination = port;
        destinationKnown.countDown();
    }

    /** Waits until the road has let through what it may, and there is more to come. */
    void awaitHeld() throws InterruptedException {
        assertThat(held.await(60, TimeUnit.SECONDS)).as("the road is in use").isTrue();
    }

    /** Lets everything through from now on. */
    void open() {
        open.countDown();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = keep(listener.accept());
                destinationKnown.await();
                Socket server = keep(new Socket(InetAddress.getLoopbackAddress(), destination));
                Thread.ofVirtual().start(() -> copy(client, server, false));
                Thread.ofVirtual().start(() -> copy(server, client, true));
            } catch (IOException unreachable) {
                // the client's end is closed with the listener's, or it finds out by its own timeout
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private Socket keep(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    /** Copies until either end closes, and then closes both. */
    private void copy(Socket from, Socket to, boolean watched) {
        byte[] buffer = new byte[BUFFER];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                if (watched && !mayPass(length)) {
                    held.countDown();
                    open.await();
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException closed) {
            // which is how connections end here
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean mayPass(int bytes) {
        allowance -= bytes;
        return allowance >= 0;
    }

    @Override
    public void close() throws IOException {
        open();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
