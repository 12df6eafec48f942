package dev.swarmdex.peer.host.control;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A command's side of the control socket. */
public final class ControlClient implements Operations {

    private final UnixDomainSocketAddress address;

    private ControlClient(UnixDomainSocketAddress address) {
        this.address = address;
    }

    /** The host that runs with that state folder, if one does. */
    public static Optional<ControlClient> find(Path stateDir) throws IOException, InterruptedException {
        if (!Files.isDirectory(stateDir)) {
            return Optional.empty();
        }
        UnixDomainSocketAddress address = ControlSocket.in(stateDir);
        if (!Files.exists(address.getPath())) {
            return Optional.empty();
        }
        try (SocketChannel probe = SocketChannel.open(address)) {
            return probe.isConnected() ? Optional.of(new ControlClient(address)) : Optional.empty();
        } catch (ClosedByInterruptException stopped) {
            throw interrupted(stopped);
        } catch (ConnectException nobody) {
            return Optional.empty();
        } catch (SocketException refused) {
            throw new IOException("the control socket " + address + " can't be used (" + refused.getMessage()
                    + "); run the command as the user that runs the host, and again later if too many others run",
                    refused);
        }
    }

    @Override
    public JsonNode execute(String operation, JsonNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException {
        try (SocketChannel connection = SocketChannel.open(address);
                InputStream in = Channels.newInputStream(connection);
                OutputStream out = Channels.newOutputStream(connection)) {
            // a host that has only just begun answers when it is up
            ObjectNode request = JsonMapper.shared().createObjectNode().put(Message.OPERATION, operation);
            Message.write(out, request.set(Message.ARGUMENTS, arguments));
            Reader reader = Message.reader(in);
            while (true) {
                JsonNode line = next(reader);
                if (line.has(Message.EVENT)) {
                    events.accept(line.get(Message.EVENT));
                } else if (line.has(Message.RESULT)) {
                    return line.get(Message.RESULT);
                } else {
                    throw new IOException(line.path(Message.ERROR).asString("the host gave no answer"));
                }
            }
        } catch (ClosedByInterruptException stopped) {
            throw interrupted(stopped);
        }
    }

    /** Who waits for a host can stop waiting, which is no failure. */
    private static InterruptedException interrupted(ClosedByInterruptException stopped) {
        // it is told by the exception from here on
        Thread.interrupted();
        InterruptedException end = new InterruptedException("stopped while waiting for the host");
        end.initCause(stopped);
        return end;
    }

    private static JsonNode next(Reader reader) throws IOException {
        try {
            return Message.read(reader);
        } catch (EOFException | SocketException gone) {
            throw new IOException("the host gave no answer: it was stopped, or has too many commands at once;"
                    + " try again", gone);
        }
    }
}
