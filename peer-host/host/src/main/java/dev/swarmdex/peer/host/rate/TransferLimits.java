package dev.swarmdex.peer.host.rate;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What a host's transfers may take, as it is set now: how fast they may be, and how many may send at a time. Safe for any
 * number of threads.
 */
public final class TransferLimits {

    /** How much goes out between two looks at the limits, where there are none, and is counted at once as sent. */
    private static final long STRETCH = 1 << 20;
    /** Beyond this many, the limits of peers that are not sent to at the moment are forgotten. */
    private static final int KEPT_PEERS = 1000;

    private final RateLimit upload;
    private final RateLimit download;
    private final UploadSlots slots;
    private final ConcurrentMap<InetAddress, RateLimit> peers = new ConcurrentHashMap<>();
    private volatile TransferSettings settings;

    /** Sends part of a content. */
    @FunctionalInterface
    public interface Sending {

        /** Sends that many bytes from there on. */
        void send(long offset, long length) throws IOException;
    }

    /** Limits that begin with those settings. */
    public TransferLimits(TransferSettings settings) {
        this.settings = settings;
        this.upload = new RateLimit(settings.upload());
        this.download = new RateLimit(settings.download());
        this.slots = new UploadSlots(settings.uploadSlots());
    }

    /** The settings as they are now. */
    public TransferSettings settings() {
        return settings;
    }

    /** Changes the settings, for transfers that are under way too. */
    public synchronized void change(TransferSettings wanted) {
        slots.change(wanted.uploadSlots());
        upload.change(wanted.upload());
        download.change(wanted.download());
        settings = wanted;
        peers.values().forEach(peer -> peer.change(wanted.uploadPerPeer()));
    }

    /** The limit to what all downloads together receive. */
    public RateLimit download() {
        return download;
    }

    /**
     * Sends part of a content to a peer as the limits allow, and waits as long as they ask for it. The peer is known by its
     * address, where the channel has one.
     *
     * @throws IOException when the channel was closed meanwhile, or sending fails
     */
    public void send(long offset, long length, WritableByteChannel target, Sending sending) throws IOException {
        Optional<InetAddress> address = address(target);
        try {
            if (!slots.run(address, () -> !target.isOpen(), () -> sendNow(offset, length, target, address, sending))) {
                throw closed();
            }
        } catch (InterruptedException stopped) {
            throw interrupted();
        }
    }

    private void sendNow(long offset, long length, WritableByteChannel target, Optional<InetAddress> address,
            Sending sending) throws IOException {
        Optional<RateLimit> peer = address.flatMap(this::peer);
        long end = offset + length;
        for (long at = offset; at < end;) {
            int slice = (int) Math.min(end - at, slice());
            allow(upload, slice, target);
            if (peer.isPresent()) {
                allow(peer.get(), slice, target);
            }
            sending.send(at, slice);
            at += slice;
        }
    }

    private long slice() {
        TransferSettings now = settings;
        long slowest = Math.min(now.upload().bytesPerSecond(), now.uploadPerPeer().bytesPerSecond());
        return slowest == Long.MAX_VALUE ? STRETCH : RateLimit.slice(slowest);
    }

    private static void allow(RateLimit limit, int bytes, WritableByteChannel target) throws IOException {
        if (!limit.await(bytes, () -> !target.isOpen())) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            throw closed();
        }
    }

    private static IOException closed() {
        return new IOException("the connection was closed");
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting to send");
    }

    private static Optional<InetAddress> address(WritableByteChannel target) throws IOException {
        return target instanceof SocketChannel socket && socket.getRemoteAddress() instanceof InetSocketAddress remote
                ? Optional.of(remote.getAddress())
                : Optional.empty();
    }

    private Optional<RateLimit> peer(InetAddress address) {
        if (settings.uploadPerPeer().isUnlimited()) {
            return Optional.empty();
        }
        if (peers.size() >= KEPT_PEERS) {
            peers.values().removeIf(RateLimit::isIdle);
        }
        return Optional.of(peers.computeIfAbsent(address, _ -> new RateLimit(settings.uploadPerPeer())));
    }
}
