package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.host.download.RateMeter;
import dev.swarmdex.peer.host.operation.HostStatus;
import dev.swarmdex.peer.host.rate.TransferLimits;
import dev.swarmdex.protocol.nativeudp.Load;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The shelf as the transports see it: it counts what is sent, and keeps to the limits. Safe for any number of threads. */
final class Uploads implements Shelf {

    private final Shelf shelf;
    private final TransferLimits limits;
    private final LoadMeter load = new LoadMeter(System::nanoTime);
    private final Map<ContentId, Sent> sent = new ConcurrentHashMap<>();

    /** What was sent of a content, and to whom it is being sent, by address with the number of requests. */
    private record Sent(String name, AtomicLong bytes, Map<String, Integer> readers, RateMeter rate) {

        private Sent(String name) {
            this(name, new AtomicLong(), new ConcurrentHashMap<>(), new RateMeter());
        }

        private HostStatus.Upload upload(ContentId id) {
            int active = readers.values().stream().mapToInt(Integer::intValue).sum();
            return new HostStatus.Upload(name, id.toString(), bytes.get(), active,
                    rate.measure(bytes.get(), System.nanoTime()),
                    readers.keySet().stream().filter(address -> !address.isEmpty()).sorted().toList());
        }
    }

    Uploads(Shelf shelf, TransferLimits limits) {
        this.shelf = shelf;
        this.limits = limits;
    }

    @Override
    public Optional<SharedContent> find(ContentReference content) {
        return shelf.find(content).map(Counted::new);
    }

    @Override
    public Optional<PartialContent> findPartial(ContentReference content) {
        return shelf.findPartial(content).map(part -> new ForwardingPart(part, new Counted(part)));
    }

    /** The contents that something was sent of, the offered ones only: the table can't outgrow the shelf. */
    List<HostStatus.Upload> sent() {
        sent.keySet().removeIf(id -> !isOffered(ContentReference.byId(id)));
        return sent.entrySet().stream().map(entry -> entry.getValue().upload(entry.getKey())).toList();
    }

    /** The address that a channel leads to; empty where it has none. */
    private static String reader(WritableByteChannel target) {
        try {
            return target instanceof SocketChannel socket
                    && socket.getRemoteAddress() instanceof InetSocketAddress address
                            ? address.getAddress().getHostAddress()
                            : "";
        } catch (IOException closed) {
            return "";
        }
    }

    private boolean isOffered(ContentReference content) {
        return shelf.find(content).isPresent() || shelf.findPartial(content).isPresent();
    }

    /** How busy the host is with sending, since it was last asked. */
    Load load() {
        return load.tell();
    }

    private final class Counted extends ForwardingContent {

        private Counted(SharedContent content) {
            super(content);
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            Sent counter = sent.computeIfAbsent(id(), _ -> new Sent(name()));
            String reader = reader(target);
            counter.readers().merge(reader, 1, Integer::sum);
            load.begin();
            try {
                limits.send(offset, length, target, (from, bytes) -> {
                    super.transferTo(from, bytes, target);
                    counter.rate().measure(counter.bytes().addAndGet(bytes), System.nanoTime());
                    load.sent(bytes);
                });
            } finally {
                counter.readers().computeIfPresent(reader, (_, count) -> count == 1 ? null : count - 1);
                load.end();
            }
        }
    }
}
