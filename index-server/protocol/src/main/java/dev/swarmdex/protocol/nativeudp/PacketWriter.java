package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the fields of messages, big-endian. For one message and one thread. */
final class PacketWriter {

    private final ByteBuffer target;

    PacketWriter(ByteBuffer target) {
        this.target = target;
    }

    void u8(int value) {
        target.put((byte) value);
    }

    void u16(int value) {
        target.putShort((short) value);
    }

    void u32(long value) {
        target.putInt((int) value);
    }

    void u64(long value) {
        target.putLong(value);
    }

    void zeros(int count) {
        target.put(new byte[count]);
    }

    void text8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        u8(bytes.length);
        target.put(bytes);
    }

    void text16(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        u16(bytes.length);
        target.put(bytes);
    }

    <T> void list8(List<T> items, Consumer<T> item) {
        u8(items.size());
        items.forEach(item);
    }

    <T> void list16(List<T> items, Consumer<T> item) {
        u16(items.size());
        items.forEach(item);
    }

    void cursor(Cursor cursor) {
        u64(cursor.first());
        u64(cursor.second());
    }

    void id(Optional<String> id) {
        id.ifPresentOrElse(this::id, () -> u8(0));
    }

    void id(String id) {
        text8(ContentIds.algorithm(id));
        byte[] digest = ContentIds.digest(id);
        u8(digest.length);
        target.put(digest);
    }

    void identity(PeerIdentity peer) {
        text8(peer.name());
        target.put(HexFormat.of().parseHex(peer.secret()));
    }

    void content(Content content) {
        text16(content.name());
        id(content.id());
        u64(content.size());
    }

    void name(Name name) {
        text16(name.name());
        id(name.id());
    }

    void endpoint(Endpoint endpoint) {
        text8(endpoint.scheme());
        text8(endpoint.host());
        u16(endpoint.port());
    }

    void source(Source source) {
        text8(source.peer());
        u64(source.since().toEpochMilli());
        list8(source.endpoints(), this::endpoint);
        load(source.load());
    }

    void load(Optional<Load> load) {
        u8(load.isPresent() ? 1 : 0);
        load.ifPresent(told -> {
            u16(told.uploads());
            u32(told.kilobytesPerSecond());
        });
    }

    void listing(Listing listing) {
        content(listing.content());
        list8(listing.sources(), this::source);
    }

    void peer(Reply.Peer peer) {
        text8(peer.name());
        list8(peer.endpoints(), this::endpoint);
    }
}
