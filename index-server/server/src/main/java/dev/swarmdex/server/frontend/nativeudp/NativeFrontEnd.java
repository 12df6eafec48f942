package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.MalformedPacketException.Fault;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.protocol.nativeudp.TreeSearch;
import dev.swarmdex.server.frontend.ConnectionIds;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.frontend.PendingAnswers;
import dev.swarmdex.server.frontend.Refusal;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.Sender;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.listen.UdpListener;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.BusyException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the native protocol over UDP. A receiving thread decodes, checks the connection id, and answers lookups itself,
 * but for searches by words, which have a thread of their own; a change goes to the service and is answered once it is committed, so that receiving never waits for a disk. More
 * changes than may wait are refused as busy, as is a proven client over its limit; others over theirs get silence.
 */
public final class NativeFrontEnd implements FrontEnd {

    /** The protocol's name, in the config and in the history's column {@code via}. */
    public static final String PROTOCOL = "native";

    private static final Logger LOG = LoggerFactory.getLogger(NativeFrontEnd.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Reply OVER_LIMIT = new Reply.Refused(Reply.Reason.BUSY, Guard.RETRY,
            "too many requests a second from your address: send fewer");
    private static final Reply TOO_MANY_SEARCHES = new Reply.Refused(Reply.Reason.BUSY, RETRY,
            "too many searches by words wait: try again");

    private final UdpListener listener;
    private final Guard guard;
    private final ConnectionIds connectionIds;
    private final NativeLookups lookups;
    private final NativeChanges changes;
    private final WordSearches words = new WordSearches();
    private final Tally tally = new Tally();
    private final PendingAnswers pending = new PendingAnswers(PROTOCOL);

    /**
     * A front-end that does not listen yet.
     *
     * @param nanoTime a clock that never goes back, {@link System#nanoTime()}
     */
    public NativeFrontEnd(InetSocketAddress bind, UdpEngine engine, IndexService service, Guard guard,
            LongSupplier nanoTime) {
        listener = UdpListener.of(PROTOCOL, bind, engine,
                () -> new Handler(new QuickSearch(service, nanoTime)));
        this.guard = guard;
        connectionIds = new ConnectionIds(nanoTime, new SecureRandom());
        lookups = new NativeLookups(service);
        changes = new NativeChanges(service);
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
        words.close();
        pending.await();
        listener.close();
        changes.close();
        LOG.info("native front-end closed after {}", tally.counts());
    }

    /** For a thread of the listener's. */
    private final class Handler implements UdpListener.DatagramHandler {

        private final QuickSearch quick;

        private Handler(QuickSearch quick) {
            this.quick = quick;
        }

        @Override
        public void expect(ByteBuffer datagram) {
            if (TreeSearch.isIn(datagram)) {
                quick.expect(datagram);
            }
        }

        @Override
        public void received(ByteBuffer datagram, Sender sender) {
            if (TreeSearch.isIn(datagram) && connectionIds.isValid(TreeSearch.connectionId(datagram), sender)) {
                search(datagram, sender, quick);
            } else {
                NativeFrontEnd.this.received(datagram, sender);
            }
        }
    }

    /** A proven client searches by id, as most do. */
    private void search(ByteBuffer datagram, Sender sender, QuickSearch quick) {
        tally.request(Request.SearchId.class);
        if (!guard.admits(sender, true, tally)) {
            sender.reply(encoded(TreeSearch.requestId(datagram), OVER_LIMIT));
        } else if (quick.answers(datagram)) {
            tally.lookup();
            sender.reply(quick.reply());
        } else {
            searchAtLength(datagram, sender);
        }
    }

    private void searchAtLength(ByteBuffer datagram, Sender sender) {
        try {
            RequestPacket packet = RequestCodec.decode(datagram);
            serve(packet.requestId(), packet.request(), sender);
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("what looks like a search is none", e);
        }
    }

    private void received(ByteBuffer datagram, Sender sender) {
        int size = datagram.remaining();
        try {
            RequestPacket packet = RequestCodec.decode(datagram);
            tally.request(packet.request().getClass());
            answer(packet, size, sender);
        } catch (MalformedPacketException e) {
            refuseMalformed(e, size, sender);
        }
    }

    private void answer(RequestPacket packet, int size, Sender sender) {
        int id = packet.requestId();
        boolean hello = packet.request() instanceof Request.Hello;
        boolean proven = !hello && connectionIds.isValid(packet.connectionId(), sender);
        if (!guard.admits(sender, proven, tally)) {
            if (proven) {
                sender.reply(encoded(id, OVER_LIMIT));
            }
        } else if (proven) {
            serve(id, packet.request(), sender);
        } else if (hello) {
            sender.reply(encoded(id, new Reply.Welcome(connectionIds.issue(sender))));
        } else {
            guard.unproven(sender, tally);
            Reply.Refused stale = new Reply.Refused(Reply.Reason.STALE_CONNECTION,
                    "the connection id is not good: send H");
            sender.reply(encoded(id, stale.fitting(size)));
        }
    }

    private void serve(int id, Request request, Sender sender) {
        if (request instanceof Request.SearchWords) {
            searchWords(id, request, sender.address().getAddress(), sender.later());
            return;
        }
        Optional<Reply> found = lookups.answer(request);
        if (found.isPresent()) {
            tally.lookup();
            sender.reply(encoded(id, found.get()));
        } else {
            change(id, request, sender.address().getAddress(), sender.later());
        }
    }

    private void searchWords(int id, Request request, InetAddress source, Sender.Later later) {
        boolean begun = words.run(() -> later.reply(encoded(id, lookups.answer(request).orElseThrow())), source);
        if (begun) {
            tally.lookup();
        } else {
            tally.shed();
            later.reply(encoded(id, TOO_MANY_SEARCHES));
        }
    }

    private void change(int id, Request request, InetAddress source, Sender.Later later) {
        boolean begun = pending.begin(() -> changes.answer(request, source), (answer, failure) -> later.reply(
                encoded(id, failure == null ? answer.orElseThrow() : Refusals.reply(Refusal.logged(failure)))));
        if (!begun) {
            tally.shed();
            later.reply(encoded(id, Refusals.reply(Refusal.logged(new BusyException(RETRY)))));
        }
    }

    /** The sender's address is not proven here: the answer must not be larger than what came. */
    private void refuseMalformed(MalformedPacketException e, int size, Sender sender) {
        if (e.fault() == Fault.FOREIGN) {
            tally.ignored();
            return;
        }
        if (!guard.malformed(sender, tally)) {
            return;
        }
        Reply.Reason reason = e.fault() == Fault.VERSION ? Reply.Reason.VERSION : Reply.Reason.BAD_REQUEST;
        Reply.Refused refused = new Reply.Refused(reason, String.valueOf(e.getMessage()));
        sender.reply(encoded(e.requestId(), refused.fitting(size)));
    }

    private ByteBuffer encoded(int requestId, Reply reply) {
        if (reply instanceof Reply.Refused) {
            tally.refused();
        }
        return ReplyCodec.encode(new ReplyPacket(requestId, reply));
    }
}
