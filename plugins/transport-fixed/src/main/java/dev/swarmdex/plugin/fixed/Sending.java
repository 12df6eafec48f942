package dev.swarmdex.plugin.fixed;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.transportkit.FramedOutput;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.Output;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.fixed.TransferCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The answer to one client: one file, or why there is none. */
final class Sending {

    private final TimedChannel client;
    private final ServerLimits limits;
    private final Shelf shelf;
    private final Output output;

    Sending(TimedChannel client, ServerLimits limits, Shelf shelf) {
        this.client = client;
        this.limits = limits;
        this.shelf = shelf;
        this.output = new Output(client, limits.slice());
    }

    void run() throws IOException {
        client.allow(limits.request());
        ByteBuffer request = new Input(client, ByteBuffer.allocate(TransferCodec.SIZE)).take(TransferCodec.SIZE);
        client.allowForever();
        String name;
        try {
            name = TransferCodec.requestedName(request);
        } catch (MalformedMessageException e) {
            output.write(TransferCodec.failed("bad request"));
            output.end();
            throw new ProtocolException("the client does not speak this protocol: " + e.getMessage());
        }
        Optional<SharedContent> content = shelf.find(ContentReference.byName(name));
        if (content.isPresent()) {
            send(content.get());
        } else {
            output.write(TransferCodec.failed("no such content"));
        }
        output.end();
    }

    private void send(SharedContent content) throws IOException {
        FramedOutput frames = new FramedOutput(output, new FramedOutput.Framing() {

            @Override
            public int room(long number) {
                return TransferCodec.CONTENT;
            }

            @Override
            public ByteBuffer frame(long number, ByteBuffer bytes) {
                return TransferCodec.content(bytes);
            }
        });
        content.transferTo(0, content.size(), frames);
        frames.finish();
        output.write(TransferCodec.end());
    }
}
