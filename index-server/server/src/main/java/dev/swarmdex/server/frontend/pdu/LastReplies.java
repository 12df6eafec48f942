package dev.swarmdex.server.frontend.pdu;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was last sent to each address, for those who ask for it again. Bounded by the number of PDUs in all; those who
 * were silent longest are forgotten first. Safe for any number of threads.
 *
 * <p>A reply is given out again a few times only. Otherwise one forged datagram could set two index servers to ask each
 * other for ever: neither understands what the other answers, and each such answer is a request for a resend.
 */
final class LastReplies {

    static final int MOST_RESENDS = 8;
    private static final int MOST_PDUS = 100_000;

    private static final class Remembered {
        final List<ByteBuffer> pdus;
        int resends;

        Remembered(List<ByteBuffer> pdus) {
            this.pdus = pdus;
        }
    }

    /** The eldest first. Guarded by this, as is the sum. */
    private final Map<InetSocketAddress, Remembered> replies = new LinkedHashMap<>();
    private int pdus;

    synchronized void remember(InetSocketAddress target, List<ByteBuffer> reply) {
        forget(target);
        replies.put(target, new Remembered(reply));
        pdus += reply.size();
        Iterator<Remembered> eldest = replies.values().iterator();
        while (pdus > MOST_PDUS) {
            pdus -= eldest.next().pdus.size();
            eldest.remove();
        }
    }

    /** The reply to send again; nothing if there is none. */
    synchronized List<ByteBuffer> again(InetSocketAddress target) {
        Remembered last = replies.get(target);
        if (last == null) {
            return List.of();
        }
        last.resends++;
        if (last.resends == MOST_RESENDS) {
            forget(target);
        }
        return last.pdus;
    }

    private void forget(InetSocketAddress target) {
        Remembered last = replies.remove(target);
        if (last != null) {
            pdus -= last.pdus.size();
        }
    }
}
