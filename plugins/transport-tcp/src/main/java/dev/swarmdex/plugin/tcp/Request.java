package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.api.WholeContent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What a client asks, without its frame. */
sealed interface Request {

    /** The letter that names the kind of request in a frame. */
    char type();

    /** Whether the body of a successful reply can have this many bytes. */
    boolean allowsReplyOf(int length);

    /** Whether that may be the length of a reply that speaks of a content which the peer is still downloading. */
    default boolean allowsPartialReplyOf(int length) {
        return false;
    }

    /** How many replies it gets, unless it is refused. */
    default int replies() {
        return 1;
    }

    /** Writes the body. */
    void writeBody(ByteBuffer target);

    /** Asks whether a content is offered; the answer is its size and id. */
    record Ask(ContentReference content) implements Request {

        @Override
        public char type() {
            return 'A';
        }

        @Override
        public boolean allowsReplyOf(int length) {
            return length > Long.BYTES && length <= Long.BYTES + ContentId.LONGEST_TEXT;
        }

        @Override
        public boolean allowsPartialReplyOf(int length) {
            return allowsReplyOf(length);
        }

        @Override
        public void writeBody(ByteBuffer target) {
            String id = content.id().map(ContentId::toString).orElse("");
            target.put((byte) id.length()).put(id.getBytes(US_ASCII));
            content.name().ifPresent(name -> target.put(name.getBytes(UTF_8)));
        }
    }

    /** Asks for the digests of a content's pieces. */
    record Hashes(ContentId id, int pieceSize) implements Request {

        public Hashes {
            if (Integer.bitCount(pieceSize) != 1 || pieceSize < PieceSize.BLOCK || pieceSize > PieceSize.LARGEST) {
                throw new IllegalArgumentException("not a piece size: " + pieceSize);
            }
        }

        @Override
        public char type() {
            return 'H';
        }

        @Override
        public boolean allowsReplyOf(int length) {
            return length <= Wire.LONGEST_HASHES;
        }

        @Override
        public void writeBody(ByteBuffer target) {
            target.putInt(pieceSize).put(id.toString().getBytes(US_ASCII));
        }
    }

    /** Asks which pieces of a content are there. */
    record Pieces(ContentId id) implements Request {

        @Override
        public char type() {
            return 'P';
        }

        @Override
        public boolean allowsReplyOf(int length) {
            return length == 0;
        }

        @Override
        public boolean allowsPartialReplyOf(int length) {
            return length <= Wire.LONGEST_PIECES;
        }

        @Override
        public void writeBody(ByteBuffer target) {
            target.put(id.toString().getBytes(US_ASCII));
        }
    }

    /** Asks for bytes of a content. */
    record Read(ContentId id, long offset, int length) implements Request {

        public Read {
            if (offset < 0) {
                throw new IllegalArgumentException("not an offset: " + offset);
            }
            if (length < 0 || length > Wire.LONGEST_READ) {
                throw new IllegalArgumentException("not a length from 0 to 16 MiB: " + length);
            }
        }

        @Override
        public char type() {
            return 'R';
        }

        @Override
        public boolean allowsReplyOf(int replyLength) {
            return replyLength == length;
        }

        @Override
        public void writeBody(ByteBuffer target) {
            target.putLong(offset).putInt(length).put(id.toString().getBytes(US_ASCII));
        }
    }

    /**
     * Asks for small contents as a whole; each has a reply of its own.
     *
     * @param ids one or more, of one algorithm and with digests of one length, all together no longer than a request
     */
    record Whole(List<ContentId> ids) implements Request {

        public Whole {
            ids = List.copyOf(ids);
            if (ids.isEmpty() || ids.size() > most(ids.getFirst())) {
                throw new IllegalArgumentException(ids.size() + " contents are too few or too many");
            }
        }

        /** How many ids like this one a request can have. */
        static int most(ContentId like) {
            return (Wire.LONGEST_REQUEST_BODY - 2 - like.algorithm().length()) / (like.hex().length() / 2);
        }

        /** Whether both can be in one request. */
        static boolean fit(ContentId one, ContentId other) {
            return one.algorithm().equals(other.algorithm()) && one.hex().length() == other.hex().length();
        }

        @Override
        public char type() {
            return 'W';
        }

        @Override
        public boolean allowsReplyOf(int length) {
            return length <= WholeContent.LARGEST;
        }

        @Override
        public int replies() {
            return ids.size();
        }

        @Override
        public void writeBody(ByteBuffer target) {
            String algorithm = ids.getFirst().algorithm();
            target.put((byte) algorithm.length()).put(algorithm.getBytes(US_ASCII));
            target.put((byte) (ids.getFirst().hex().length() / 2));
            ids.forEach(id -> target.put(id.digest()));
        }
    }

    /** The whole frame, ready to be sent. */
    static ByteBuffer frame(int requestId, Request request) {
        ByteBuffer frame = ByteBuffer.allocate(Wire.REQUEST_HEADER + Wire.LONGEST_REQUEST_BODY);
        frame.put((byte) request.type()).putInt(requestId).putShort((short) 0);
        request.writeBody(frame);
        frame.putShort(5, (short) (frame.position() - Wire.REQUEST_HEADER));
        return frame.flip();
    }

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException when it is not one of this type, with a message for the client
     */
    static Request parse(int type, ByteBuffer body) {
        int atLeast = switch (type) {
            case 'A', 'P' -> 1;
            case 'W' -> 3;
            case 'H' -> Integer.BYTES;
            case 'R' -> Long.BYTES + Integer.BYTES;
            default -> throw new IllegalArgumentException("unknown type of request: " + type);
        };
        if (body.remaining() < atLeast) {
            throw new IllegalArgumentException("a request of " + body.remaining() + " bytes is too short");
        }
        return switch (type) {
            case 'A' -> new Ask(reference(body));
            case 'H' -> hashes(body.getInt(), body);
            case 'P' -> new Pieces(id(body));
            case 'W' -> whole(body);
            default -> read(body.getLong(), body.getInt(), body);
        };
    }

    private static Request hashes(int pieceSize, ByteBuffer rest) {
        return new Hashes(id(rest), pieceSize);
    }

    private static Request read(long offset, int length, ByteBuffer rest) {
        return new Read(id(rest), offset, length);
    }

    private static Request whole(ByteBuffer body) {
        int nameLength = Byte.toUnsignedInt(body.get());
        if (nameLength >= body.remaining()) {
            throw new IllegalArgumentException("the contents are cut off");
        }
        String algorithm = text(body.slice(body.position(), nameLength));
        byte[] digest = new byte[Byte.toUnsignedInt(body.position(body.position() + nameLength).get())];
        if (digest.length == 0 || body.remaining() % digest.length != 0) {
            throw new IllegalArgumentException(body.remaining() + " bytes are no digests of " + digest.length);
        }
        List<ContentId> ids = new ArrayList<>(body.remaining() / digest.length);
        while (body.hasRemaining()) {
            body.get(digest);
            ids.add(ContentId.of(algorithm, digest));
        }
        return new Whole(ids);
    }

    private static ContentReference reference(ByteBuffer body) {
        int idLength = Byte.toUnsignedInt(body.get());
        if (idLength > body.remaining()) {
            throw new IllegalArgumentException("the content id is cut off");
        }
        Optional<ContentId> id = Optional.empty();
        if (idLength > 0) {
            id = Optional.of(id(body.slice(body.position(), idLength)));
            body.position(body.position() + idLength);
        }
        Optional<String> name = body.hasRemaining() ? Optional.of(text(body)) : Optional.empty();
        return new ContentReference(name, id);
    }

    private static ContentId id(ByteBuffer text) {
        return ContentId.parse(text(text));
    }

    private static String text(ByteBuffer bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }
}
