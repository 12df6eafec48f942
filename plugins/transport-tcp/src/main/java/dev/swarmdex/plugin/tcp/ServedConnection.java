package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.WholeContent;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.Output;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.TimedChannel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The answering side of a connection: takes one request after the other and answers in that order, on one thread. What a
 * client sends ahead waits in the socket, so that it costs this side nothing.
 */
final class ServedConnection {

    private final TimedChannel channel;
    private final ServerLimits limits;
    private final Shelf shelf;
    private final Input input;
    private final Output output;

    ServedConnection(TimedChannel channel, ServerLimits limits, Shelf shelf) {
        this.channel = channel;
        this.limits = limits;
        this.shelf = shelf;
        this.input = new Input(channel, ByteBuffer.allocate(Wire.REQUEST_HEADER + Wire.LONGEST_REQUEST_BODY));
        this.output = new Output(channel, limits.slice());
    }

    /** Serves until the client leaves or breaks the protocol; both are an IOException. */
    void run() throws IOException {
        channel.allow(limits.request());
        int version = Wire.versionOf(input.take(Wire.PREFACE_LENGTH));
        output.write(Wire.preface());
        if (version != Wire.VERSION) {
            throw new ProtocolException("the client speaks version " + version);
        }
        while (true) {
            answerNext();
        }
    }

    private void answerNext() throws IOException {
        channel.allow(limits.idle());
        if (!input.hasNext()) {
            throw new EOFException("the client left");
        }
        channel.allow(limits.request());
        ByteBuffer header = input.take(Wire.REQUEST_HEADER);
        int type = header.get();
        int requestId = header.getInt();
        int length = Short.toUnsignedInt(header.getShort());
        if (length > Wire.LONGEST_REQUEST_BODY) {
            output.write(Reply.error(requestId, "a request of " + length + " bytes is too long"));
            throw new ProtocolException("a request of " + length + " bytes");
        }
        ByteBuffer body = input.take(length);
        channel.allowForever();
        Request request;
        try {
            request = Request.parse(type, body);
        } catch (IllegalArgumentException e) {
            output.write(Reply.error(requestId, "bad request: " + e.getMessage()));
            return;
        }
        answer(requestId, request);
    }

    private void answer(int requestId, Request request) throws IOException {
        switch (request) {
            case Request.Ask ask -> output.write(find(ask.content())
                    .map(content -> content instanceof PartialContent
                            ? Reply.offeredInPart(requestId, content.size(), content.id())
                            : Reply.offered(requestId, content.size(), content.id()))
                    .orElseGet(() -> Reply.nothing(requestId)));
            case Request.Hashes hashes -> output.write(find(ContentReference.byId(hashes.id()))
                    .flatMap(content -> content.pieceHashes(hashes.pieceSize()))
                    .filter(digests -> digests.length <= Wire.LONGEST_HASHES)
                    .map(digests -> Reply.hashes(requestId, digests))
                    .orElseGet(() -> Reply.nothing(requestId)));
            case Request.Pieces pieces -> output.write(find(ContentReference.byId(pieces.id()))
                    .map(content -> content instanceof PartialContent part
                            ? Reply.pieces(requestId, part.pieces())
                            : Reply.allPieces(requestId))
                    .orElseGet(() -> Reply.nothing(requestId)));
            case Request.Read read -> answerRead(requestId, read);
            case Request.Whole whole -> {
                for (ContentId id : whole.ids()) {
                    answerWhole(requestId, id);
                }
            }
        }
    }

    private void answerWhole(int requestId, ContentId id) throws IOException {
        Optional<SharedContent> small = shelf.find(ContentReference.byId(id))
                .filter(content -> content.size() <= WholeContent.LARGEST);
        if (small.isEmpty()) {
            output.write(Reply.nothing(requestId));
            return;
        }
        SharedContent content = small.get();
        output.write(Reply.bytesFollow(requestId, (int) content.size()));
        output.write(content, 0, content.size());
    }

    /** The whole content, or else what there is of it so far. */
    private Optional<? extends SharedContent> find(ContentReference content) {
        Optional<SharedContent> whole = shelf.find(content);
        return whole.isPresent() ? whole : shelf.findPartial(content);
    }

    private void answerRead(int requestId, Request.Read read) throws IOException {
        Optional<? extends SharedContent> found = find(ContentReference.byId(read.id()));
        if (found.isEmpty()) {
            output.write(Reply.nothing(requestId));
            return;
        }
        SharedContent content = found.get();
        if (read.offset() > content.size() - read.length()) {
            output.write(Reply.error(requestId, "the content has only " + content.size() + " bytes"));
        } else if (content instanceof PartialContent part && !isThere(part, read)) {
            output.write(Reply.later(requestId));
        } else {
            output.write(Reply.bytesFollow(requestId, read.length()));
            output.write(content, read.offset(), read.length());
        }
    }

    private static boolean isThere(PartialContent part, Request.Read read) {
        if (read.length() == 0) {
            return true;
        }
        int pieceSize = PieceSize.of(part.size());
        int first = (int) (read.offset() / pieceSize);
        int last = (int) ((read.offset() + read.length() - 1) / pieceSize);
        return part.pieces().nextClearBit(first) > last;
    }
}
