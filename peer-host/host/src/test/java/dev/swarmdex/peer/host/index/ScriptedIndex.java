package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A real UDP socket that answers hellos, and all else as a test says; a null answer is a lost datagram. */
final class ScriptedIndex implements AutoCloseable {

    private final DatagramChannel channel;
    private final int port;
    private final Function<Request, @Nullable Reply> script;
    private final List<Request> received = new CopyOnWriteArrayList<>();

    private ScriptedIndex(DatagramChannel channel, int port, Function<Request, @Nullable Reply> script) {
        this.channel = channel;
        this.port = port;
        this.script = script;
    }

    static ScriptedIndex answering(Function<Request, @Nullable Reply> script) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        ScriptedIndex index = new ScriptedIndex(channel, port, script);
        Thread.ofVirtual().start(index::serve);
        return index;
    }

    URI address() {
        return URI.create("udp://127.0.0.1:" + port);
    }

    List<Request> received() {
        return received;
    }

    private void serve() {
        ByteBuffer datagram = ByteBuffer.allocate(2000);
        try {
            while (true) {
                datagram.clear();
                SocketAddress client = channel.receive(datagram);
                RequestPacket packet = RequestCodec.decode(datagram.flip());
                received.add(packet.request());
                Reply reply = packet.request() instanceof Request.Hello
                        ? new Reply.Welcome(42)
                        : script.apply(packet.request());
                if (reply != null) {
                    channel.send(ReplyCodec.encode(new ReplyPacket(packet.requestId(), reply)), client);
                }
            }
        } catch (IOException closed) {
            // the test is over
        } catch (MalformedPacketException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
