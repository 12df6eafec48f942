package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server on plain sockets that plays a script to one client after the other, and then closes its connection. */
public final class ScriptedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptedServer.class);

    private final ServerSocket listener;
    private final Script script;

    /** What the server does to a client. */
    @FunctionalInterface
    public interface Script {

        /** Reads and writes what it likes; an IOException means that the client left. */
        void play(InputStream in, OutputStream out) throws IOException;
    }

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    /** A server that listens on a free port of 127.0.0.1. */
    public static ScriptedServer start(Script script) throws IOException {
        ScriptedServer server = new ScriptedServer(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), script);
        Thread.ofVirtual().name("scripted-server").start(server::accept);
        return server;
    }

    /** Where it listens. */
    public Endpoint endpoint(String scheme) {
        return new Endpoint(scheme, "127.0.0.1", listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                script.play(client.getInputStream(), client.getOutputStream());
                client.shutdownOutput();
            } catch (IOException e) {
                LOG.debug("a client left, or the test is over: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
