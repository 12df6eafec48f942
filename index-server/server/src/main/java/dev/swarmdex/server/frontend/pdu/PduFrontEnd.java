package dev.swarmdex.server.frontend.pdu;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.pdu.ErrorCode;
import dev.swarmdex.protocol.pdu.FieldOrder;
import dev.swarmdex.protocol.pdu.Pdu;
import dev.swarmdex.protocol.pdu.Reply;
import dev.swarmdex.protocol.pdu.ReplyCodec;
import dev.swarmdex.protocol.pdu.Request;
import dev.swarmdex.protocol.pdu.RequestCodec;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.frontend.PacedLists;
import dev.swarmdex.server.frontend.PendingAnswers;
import dev.swarmdex.server.frontend.Refusal;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.Sender;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.listen.UdpListener;
import dev.swarmdex.server.service.IndexService;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves text PDUs over UDP, the protocol of seed 000. The receiving thread decodes and answers searches itself; a change is
 * answered once it is committed, and a list is sent by a thread of its own.
 */
public final class PduFrontEnd implements FrontEnd {

    /** The protocol's name in the config and in the history's column {@code via}, and the scheme of its endpoints. */
    public static final String PROTOCOL = "pdu";

    private static final Logger LOG = LoggerFactory.getLogger(PduFrontEnd.class);
    private static final Reply FAILED = new Reply.Failed(ErrorCode.FAILED);

    private final UdpListener listener;
    private final Guard guard;
    private final FieldOrder order;
    private final PduLookups lookups;
    private final PduChanges changes;
    private final PacedLists lists;
    private final PendingAnswers pending = new PendingAnswers(PROTOCOL);
    private final LastReplies lastReplies = new LastReplies();
    private final Tally tally = new Tally();

    /** A front-end that does not listen yet, whose replies have that order of fields. */
    public PduFrontEnd(InetSocketAddress bind, IndexService service, Guard guard, FieldOrder order) {
        listener = UdpListener.of(PROTOCOL, bind, UdpEngine.PORTABLE, () -> this::received);
        this.guard = guard;
        this.order = order;
        lookups = new PduLookups(service.lookups());
        changes = new PduChanges(service);
        lists = new PacedLists(PROTOCOL, listener::send);
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public void start() throws CannotListenException {
        listener.start();
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public Tally.Counts tally() {
        return tally.counts();
    }

    @Override
    public void close() {
        listener.stopReceiving();
        pending.await();
        lists.close();
        listener.close();
        LOG.info("pdu front-end closed after {}", tally.counts());
    }

    private void received(ByteBuffer datagram, Sender sender) {
        try {
            Request request = RequestCodec.decode(datagram);
            tally.request(request.getClass());
            if (guard.admits(sender, false, tally)) {
                answer(request, sender.address());
            }
        } catch (MalformedMessageException e) {
            if (guard.malformed(sender, tally)) {
                send(FAILED, sender.address());
            }
        }
    }

    private void answer(Request request, InetSocketAddress source) {
        switch (request) {
            case Request.Search(String name) -> sendFound(lookups.search(name), source);
            case Request.Locate(String name) -> sendFound(lookups.locate(name), source);
            case Request.List _ -> {
                tally.lookup();
                sendList(() -> remembered(lookups.list(), source), source);
            }
            case Request.Register register -> change(() -> changes.register(register, source), source);
            case Request.Deregister deregister -> change(() -> changes.deregister(deregister, source), source);
            case Request.Resend _ -> resend(source);
            case Request.Leave _ -> leave(source);
        }
    }

    private void sendFound(Reply reply, InetSocketAddress source) {
        tally.lookup();
        send(reply, source);
    }

    private void change(Supplier<CompletableFuture<Reply>> change, InetSocketAddress source) {
        boolean begun = pending.begin(change, (reply, failure) -> {
            if (failure != null) {
                Refusal refusal = Refusal.logged(failure);
                LOG.debug("a change of {} failed: {}", source, refusal.message());
            }
            send(reply.orElse(FAILED), source);
        });
        if (!begun) {
            tally.shed();
            send(FAILED, source);
        }
    }

    private void leave(InetSocketAddress source) {
        boolean begun = pending.begin(() -> changes.leave(source), (servers, failure) -> {
            if (failure == null) {
                LOG.debug("{} left, and with it {} servers", source, servers.orElse(0));
            } else {
                LOG.warn("{} could not leave: {}", source, Refusal.logged(failure).message());
            }
        });
        if (!begun) {
            tally.shed();
            tally.refused();
        }
    }

    /** Whoever has been sent nothing gets nothing: an E 2 in return would have two servers talk for ever. */
    private void resend(InetSocketAddress source) {
        List<ByteBuffer> last = lastReplies.again(source);
        if (last.isEmpty()) {
            tally.ignored();
        } else {
            sendList(() -> last, source);
        }
    }

    private void sendList(Supplier<List<ByteBuffer>> list, InetSocketAddress source) {
        if (!lists.send(list, source)) {
            tally.shed();
            send(FAILED, source);
        }
    }

    private void send(Reply reply, InetSocketAddress target) {
        if (reply instanceof Reply.Failed) {
            tally.refused();
        }
        remembered(reply, target).forEach(datagram -> listener.send(datagram.duplicate(), target));
    }

    private List<ByteBuffer> remembered(Reply reply, InetSocketAddress target) {
        List<ByteBuffer> pdus = ReplyCodec.encode(reply, order).stream().map(Pdu::encode).toList();
        if (!reply.equals(FAILED)) {
            lastReplies.remember(target, pdus);
        }
        return pdus;
    }
}
