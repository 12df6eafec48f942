package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** A shared content that is another one, but for what a subclass adds to it. */
abstract class ForwardingContent implements SharedContent {

    private final SharedContent content;

    ForwardingContent(SharedContent content) {
        this.content = content;
    }

    @Override
    public String name() {
        return content.name();
    }

    @Override
    public ContentId id() {
        return content.id();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        return content.pieceHashes(pieceSize);
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
        content.transferTo(offset, length, target);
    }

    @Override
    public void read(long offset, long length, WritableByteChannel target) throws IOException {
        content.read(offset, length, target);
    }
}
