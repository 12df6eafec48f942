package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the fields of messages, big-endian. Ends too early with a {@link BufferUnderflowException} and breaks a rule with
 * an {@link IllegalArgumentException}; the codecs turn both into a {@link MalformedPacketException}. Allocates no more
 * than the datagram justifies. For one message and one thread.
 */
final class PacketReader {

    private final ByteBuffer source;

    PacketReader(ByteBuffer source) {
        this.source = source;
    }

    int u8() {
        return Byte.toUnsignedInt(source.get());
    }

    int u16() {
        return Short.toUnsignedInt(source.getShort());
    }

    long u32() {
        return Integer.toUnsignedLong(source.getInt());
    }

    long u64() {
        return source.getLong();
    }

    /** Passes over that many bytes, which must be there. */
    void skip(int count) {
        bytes(count);
    }

    String text8() {
        return text(u8());
    }

    String text16() {
        return text(u16());
    }

    /** A text, or none where its length is 0. */
    Optional<String> optionalText8() {
        String text = text8();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    boolean flag() {
        int value = u8();
        if (value > 1) {
            throw new IllegalArgumentException("a flag is " + value + ", allowed are 0 and 1");
        }
        return value == 1;
    }

    <T> List<T> list8(Supplier<T> item) {
        return list(u8(), item);
    }

    <T> List<T> list16(Supplier<T> item) {
        return list(u16(), item);
    }

    Duration milliseconds() {
        return Duration.ofMillis(u32());
    }

    Cursor cursor() {
        return new Cursor(u64(), u64());
    }

    String id() {
        return optionalId().orElseThrow(() -> new IllegalArgumentException("a content id is missing"));
    }

    Optional<String> optionalId() {
        String algorithm = text8();
        return algorithm.isEmpty() ? Optional.empty() : Optional.of(ContentIds.of(algorithm, bytes(u8())));
    }

    PeerIdentity identity() {
        return new PeerIdentity(text8(), HexFormat.of().formatHex(bytes(16)));
    }

    Content content() {
        return new Content(text16(), optionalId(), u64());
    }

    Name name() {
        return new Name(text16(), optionalId());
    }

    Endpoint endpoint() {
        return new Endpoint(text8(), text8(), u16());
    }

    Source source() {
        return new Source(text8(), Instant.ofEpochMilli(u64()), list8(this::endpoint), optionalLoad());
    }

    Optional<Load> optionalLoad() {
        return flag() ? Optional.of(Load.ofKilobytes(u16(), u32())) : Optional.empty();
    }

    Listing listing() {
        return new Listing(content(), list8(this::source));
    }

    Reply.Peer peer() {
        return new Reply.Peer(text8(), list8(this::endpoint));
    }

    /** The list grows with the items that are really there, whatever count a datagram claims. */
    private static <T> List<T> list(int count, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }

    private String text(int length) {
        return WireText.decode(bytes(length));
    }

    private byte[] bytes(int count) {
        if (count > source.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        source.get(bytes);
        return bytes;
    }
}
