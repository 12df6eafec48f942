package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Contents that a peer registers and deregisters together, and what the index must have of them. For one thread. */
final class Block {

    static final int SIZE = 12;

    private final int first;
    private boolean registered;
    private boolean underWay;

    /** The contents from that number on, none of which is registered. */
    Block(int first) {
        this.first = first;
    }

    List<String> names() {
        return IntStream.range(first, first + SIZE).mapToObj(Sample::name).toList();
    }

    boolean underWay() {
        return underWay;
    }

    boolean registered() {
        return registered;
    }

    /** The change to ask for next. */
    Request change(PeerIdentity peer) {
        underWay = true;
        return registered
                ? new Request.Deregister(peer, names().stream().map(name -> new Name(name, Optional.empty())).toList())
                : new Request.Register(peer,
                        IntStream.range(first, first + SIZE).mapToObj(LoadPeer::content).toList());
    }

    /** The change was acknowledged. */
    void acknowledged() {
        underWay = false;
        registered = !registered;
    }

    /** After a kill, what was under way is as the index says. */
    void settle(boolean isRegistered) {
        underWay = false;
        registered = isRegistered;
    }
}
