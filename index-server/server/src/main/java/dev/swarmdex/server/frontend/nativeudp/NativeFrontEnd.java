package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.MalformedPacketException.Fault;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.server.frontend.CannotListenException;
import dev.swarmdex.server.frontend.ConnectionIds;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.PendingAnswers;
import dev.swarmdex.server.frontend.UdpListener;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.BusyException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the native protocol over UDP. The receiving thread decodes, checks the connection id, and answers lookups itself;
 * a change goes to the service and is answered once it is committed, so that receiving never waits for a disk. More
 * changes than may wait are refused as busy.
 */
public final class NativeFrontEnd implements FrontEnd {

    /** The protocol's name, in the config and in the history's column {@code via}. */
    public static final String PROTOCOL = "native";

    private static final Logger LOG = LoggerFactory.getLogger(NativeFrontEnd.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final UdpListener listener;
    private final ConnectionIds connectionIds;
    private final NativeLookups lookups;
    private final NativeChanges changes;
    private final Traffic traffic = new Traffic();
    private final PendingAnswers pending = new PendingAnswers(PROTOCOL);

    /**
     * A front-end that does not listen yet.
     *
     * @param nanoTime a clock that never goes back, {@link System#nanoTime()}
     */
    public NativeFrontEnd(InetSocketAddress bind, IndexService service, LongSupplier nanoTime) {
        listener = new UdpListener(PROTOCOL, bind, this::received);
        connectionIds = new ConnectionIds(nanoTime, new SecureRandom());
        lookups = new NativeLookups(service);
        changes = new NativeChanges(service);
    }

    @Override
    public void start() throws CannotListenException {
        listener.start();
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    /** What came in so far. */
    public Traffic.Counts traffic() {
        return traffic.counts();
    }

    @Override
    public void close() {
        listener.stopReceiving();
        pending.await();
        listener.close();
        changes.close();
        LOG.info("native front-end closed after {}", traffic.counts());
    }

    private void received(ByteBuffer datagram, InetSocketAddress source) {
        int size = datagram.remaining();
        try {
            RequestPacket packet = RequestCodec.decode(datagram);
            traffic.request();
            answer(packet, size, source);
        } catch (MalformedPacketException e) {
            refuseMalformed(e, size, source);
        }
    }

    private void answer(RequestPacket packet, int size, InetSocketAddress source) {
        int id = packet.requestId();
        if (packet.request() instanceof Request.Hello) {
            send(id, new Reply.Welcome(connectionIds.issue(source)), source);
        } else if (!connectionIds.isValid(packet.connectionId(), source)) {
            traffic.stale();
            Reply.Refused stale = new Reply.Refused(Reply.Reason.STALE_CONNECTION,
                    "the connection id is not good: send H");
            send(id, stale.fitting(size), source);
        } else {
            lookups.answer(packet.request()).ifPresentOrElse(reply -> send(id, reply, source),
                    () -> change(id, packet.request(), source));
        }
    }

    private void change(int id, Request request, InetSocketAddress source) {
        boolean begun = pending.begin(() -> changes.answer(request, source.getAddress()), (answer, failure) -> send(id,
                failure == null ? answer.orElseThrow() : Refusals.of(failure), source));
        if (!begun) {
            send(id, Refusals.of(new BusyException(RETRY)), source);
        }
    }

    /** The sender's address is not proven here: the answer must not be larger than what came. */
    private void refuseMalformed(MalformedPacketException e, int size, InetSocketAddress source) {
        if (e.fault() == Fault.FOREIGN) {
            traffic.foreign();
            return;
        }
        traffic.malformed();
        Reply.Reason reason = e.fault() == Fault.VERSION ? Reply.Reason.VERSION : Reply.Reason.BAD_REQUEST;
        send(e.requestId(), new Reply.Refused(reason, String.valueOf(e.getMessage())).fitting(size), source);
    }

    private void send(int requestId, Reply reply, InetSocketAddress target) {
        if (reply instanceof Reply.Refused) {
            traffic.refused();
        }
        listener.send(ReplyCodec.encode(new ReplyPacket(requestId, reply)), target);
    }
}
