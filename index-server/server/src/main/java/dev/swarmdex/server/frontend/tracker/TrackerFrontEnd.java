package dev.swarmdex.server.frontend.tracker;

import dev.swarmdex.server.frontend.ConnectionIds;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.listen.UdpListener;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.server.service.swarm.SwarmService;
import dev.swarmdex.server.service.swarm.Swarms;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves BEP 15 over UDP, so that the programs of BitTorrent use the index as their tracker. Everything is answered from
 * memory by the thread that receives it, and a datagram costs no allocation; what changes is written behind.
 */
public final class TrackerFrontEnd implements FrontEnd {

    /** The protocol's name, in the config and in the history's column {@code via}. */
    public static final String PROTOCOL = "tracker";

    private static final Logger LOG = LoggerFactory.getLogger(TrackerFrontEnd.class);

    private final UdpListener listener;
    private final SwarmService service;
    private final Tally tally = new Tally();

    /**
     * A front-end that does not listen yet.
     *
     * @param nanoTime a clock that never goes back, {@link System#nanoTime()}
     */
    public TrackerFrontEnd(InetSocketAddress bind, UdpEngine engine, TrackerSettings settings, IndexService index,
            Guard guard, LongSupplier nanoTime) {
        service = new SwarmService(index, settings.limits(), settings.lease(), settings.writeRate(), nanoTime);
        ConnectionIds connectionIds = new ConnectionIds(nanoTime, new SecureRandom());
        listener = UdpListener.of(PROTOCOL, bind, engine,
                () -> new TrackerConversation(service.swarms(), connectionIds, settings, guard, tally));
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    /** The swarms that it tracks. */
    Swarms swarms() {
        return service.swarms();
    }

    @Override
    public void start() throws CannotListenException {
        service.start();
        try {
            listener.start();
        } catch (CannotListenException e) {
            service.close();
            throw e;
        }
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
        service.close();
        listener.close();
        LOG.info("tracker front-end closed after {}", tally.counts());
    }
}
