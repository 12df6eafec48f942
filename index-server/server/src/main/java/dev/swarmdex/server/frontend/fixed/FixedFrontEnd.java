package dev.swarmdex.server.frontend.fixed;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.fixed.Reply;
import dev.swarmdex.protocol.fixed.ReplyCodec;
import dev.swarmdex.protocol.fixed.Request;
import dev.swarmdex.protocol.fixed.RequestCodec;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves fixed-layout PDUs over UDP, the protocol of seed 001. The receiving thread decodes and answers searches itself; a
 * change is answered once it is committed, and a list is sent by a thread of its own.
 */
public final class FixedFrontEnd implements FrontEnd {

    /** The protocol's name in the config and in the history's column {@code via}, and the scheme of its endpoints. */
    public static final String PROTOCOL = "fixed";

    private static final Logger LOG = LoggerFactory.getLogger(FixedFrontEnd.class);
    private static final Reply BUSY = new Reply.Failed("too many requests: try again");

    private final UdpListener listener;
    private final Guard guard;
    private final FixedLookups lookups;
    private final FixedChanges changes;
    private final PacedLists lists;
    private final PendingAnswers pending = new PendingAnswers(PROTOCOL);
    private final Tally tally = new Tally();

    /** A front-end that does not listen yet, with that rule for registrations. */
    public FixedFrontEnd(InetSocketAddress bind, IndexService service, Guard guard, Duplicates duplicates) {
        listener = UdpListener.of(PROTOCOL, bind, UdpEngine.PORTABLE, () -> this::received);
        this.guard = guard;
        lookups = new FixedLookups(service.lookups());
        changes = new FixedChanges(service, lookups, duplicates);
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
        LOG.info("fixed front-end closed after {}", tally.counts());
    }

    private void received(ByteBuffer datagram, Sender sender) {
        try {
            Request request = RequestCodec.decode(datagram);
            tally.request(request.getClass());
            if (guard.admits(sender, false, tally)) {
                answer(request, sender.address());
            }
        } catch (MalformedMessageException e) {
            refuseMalformed(e, sender);
        }
    }

    private void answer(Request request, InetSocketAddress source) {
        InetAddress from = source.getAddress();
        switch (request) {
            case Request.Search(String content) -> {
                tally.lookup();
                send(lookups.search(content), source);
            }
            case Request.List _ -> list(source);
            case Request.Register register -> change(() -> changes.register(register, from), source);
            case Request.Deregister deregister -> change(() -> changes.deregister(deregister, from), source);
            case Request.DeregisterAll(String peer) -> change(() -> changes.deregisterAll(peer, from), source);
            case Request.Quit(String peer) -> quit(peer, source);
        }
    }

    private void list(InetSocketAddress source) {
        tally.lookup();
        if (!lists.send(() -> ReplyCodec.encode(lookups.list()), source)) {
            tally.shed();
            send(BUSY, source);
        }
    }

    private void change(Supplier<CompletableFuture<Reply>> change, InetSocketAddress source) {
        boolean begun = pending.begin(change, (reply, failure) -> send(
                failure == null ? reply.orElseThrow() : new Reply.Failed(Refusal.logged(failure).message()), source));
        if (!begun) {
            tally.shed();
            send(BUSY, source);
        }
    }

    private void quit(String peer, InetSocketAddress source) {
        boolean begun = pending.begin(() -> changes.deregisterAll(peer, source.getAddress()), (_, failure) -> {
            if (failure != null) {
                LOG.warn("peer {} could not quit: {}", peer, Refusal.logged(failure).message());
            }
        });
        if (!begun) {
            tally.shed();
            tally.refused();
        }
    }

    private void refuseMalformed(MalformedMessageException e, Sender sender) {
        if (e.isForeign()) {
            tally.ignored();
        } else if (guard.malformed(sender, tally)) {
            send(new Reply.Failed(String.valueOf(e.getMessage())), sender.address());
        }
    }

    private void send(Reply reply, InetSocketAddress target) {
        if (reply instanceof Reply.Failed) {
            tally.refused();
        }
        ReplyCodec.encode(reply).forEach(datagram -> listener.send(datagram, target));
    }
}
