package dev.swarmdex.server.frontend.tracker;

import dev.swarmdex.protocol.tracker.Event;
import dev.swarmdex.protocol.tracker.PeerAddress;
import dev.swarmdex.protocol.tracker.ReplyWriter;
import dev.swarmdex.protocol.tracker.RequestReader;
import dev.swarmdex.protocol.tracker.RequestReader.Kind;
import dev.swarmdex.server.frontend.ConnectionIds;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.listen.Sender;
import dev.swarmdex.server.listen.UdpListener.DatagramHandler;
import dev.swarmdex.server.service.swarm.Question;
import dev.swarmdex.server.service.swarm.Receiver;
import dev.swarmdex.server.service.swarm.Swarms;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Answers the datagrams of one thread, with buffers that it uses again and again. Before a connection id proves where a
 * request comes from, no reply is longer than it.
 */
final class TrackerConversation implements DatagramHandler, Receiver {

    private static final int NO_PEERS = 20;
    /** Clients that were told the same interval together must not come back together: one is up to a tenth shorter. */
    private static final int SPREAD = 10;

    private final Swarms swarms;
    private final ConnectionIds connectionIds;
    private final TrackerSettings settings;
    private final Guard guard;
    private final Tally tally;
    private final int interval;
    private final SplittableRandom random = new SplittableRandom();
    private final RequestReader request = new RequestReader();
    private final Question question = new Question();
    private final ByteBuffer reply = ByteBuffer.allocateDirect(ReplyWriter.LONGEST);
    private boolean ipv4;

    TrackerConversation(Swarms swarms, ConnectionIds connectionIds, TrackerSettings settings, Guard guard,
            Tally tally) {
        this.swarms = swarms;
        this.connectionIds = connectionIds;
        this.settings = settings;
        this.guard = guard;
        this.tally = tally;
        interval = settings.interval();
    }

    @Override
    public void received(ByteBuffer datagram, Sender sender) {
        int length = datagram.remaining();
        reply.clear();
        switch (request.read(datagram)) {
            case CONNECT -> {
                tally.request(Kind.CONNECT);
                if (guard.admits(sender, false, tally)) {
                    ReplyWriter.connected(reply, request.transactionId(), connectionIds.issue(sender));
                }
            }
            case ANNOUNCE -> {
                tally.request(Kind.ANNOUNCE);
                if (admits(sender, length)) {
                    announce(sender);
                }
            }
            case SCRAPE -> {
                tally.request(Kind.SCRAPE);
                if (admits(sender, length)) {
                    scrape();
                }
            }
            case MALFORMED -> {
                if (guard.malformed(sender, tally)) {
                    ReplyWriter.failed(reply, request.transactionId(), request.fault(), length);
                }
            }
            case FOREIGN -> tally.ignored();
        }
        if (reply.flip().hasRemaining()) {
            sender.reply(reply);
        }
    }

    /** One of the members to be handed out. */
    @Override
    public void member(long addressHigh, long addressLow, int port) {
        ReplyWriter.peer(reply, ipv4, addressHigh, addressLow, port);
    }

    private boolean admits(Sender sender, int length) {
        boolean proven = connectionIds.isValid(request.connectionId(), sender);
        if (!guard.admits(sender, proven, tally)) {
            if (proven) {
                refuse("too many requests a second from your address", ReplyWriter.LONGEST);
            }
            return false;
        }
        if (!proven) {
            guard.unproven(sender, tally);
            refuse("stale connection id", length);
        }
        return proven;
    }

    /** What the client claims to be its address is not looked at: it takes part with the one that the datagram came from. */
    private void announce(Sender sender) {
        long high = sender.addressHigh();
        long low = sender.addressLow();
        Event event = request.event();
        boolean stops = event == Event.STOPPED;
        ipv4 = PeerAddress.isIpv4(high, low);
        question.swarm(request.first(0), request.second(0), request.third(0)).member(high, low, request.port())
                .tells(request.isComplete(), event == Event.COMPLETED, stops).wants(stops ? 0 : wanted());
        reply.position(NO_PEERS);
        boolean noted = swarms.announce(question, random.nextInt(), this);
        int end = reply.position();
        reply.clear();
        if (!noted) {
            refuse("the tracker is full", ReplyWriter.LONGEST);
            return;
        }
        ReplyWriter.announced(reply, request.transactionId(), interval - random.nextInt(interval / SPREAD + 1),
                question.leechers(), question.seeders());
        reply.position(end);
    }

    private int wanted() {
        int most = Math.min(settings.handOut(), ipv4 ? ReplyWriter.MOST_IPV4 : ReplyWriter.MOST_IPV6);
        return request.wanted() < 0 ? most : Math.min(most, request.wanted());
    }

    private void scrape() {
        ReplyWriter.scraped(reply, request.transactionId());
        for (int i = 0; i < request.infoHashes(); i++) {
            swarms.count(question.swarm(request.first(i), request.second(i), request.third(i)));
            ReplyWriter.swarm(reply, question.seeders(), question.completions(), question.leechers());
        }
    }

    private void refuse(String message, int mostBytes) {
        tally.refused();
        ReplyWriter.failed(reply, request.transactionId(), message, mostBytes);
    }
}
