package dev.swarmdex.plugin.pdu;

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
import dev.swarmdex.protocol.pdu.ErrorCode;
import dev.swarmdex.protocol.pdu.Pdu;
import dev.swarmdex.protocol.pdu.TransferCodec;
import dev.swarmdex.protocol.pdu.TransferCodec.Answer;
import dev.swarmdex.protocol.pdu.TransferForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The answer to one client: one file, or why there is none. */
final class Sending {

    private final TimedChannel client;
    private final ServerLimits limits;
    private final TransferForm form;
    private final Shelf shelf;
    private final Input input;
    private final Output output;

    Sending(TimedChannel client, ServerLimits limits, TransferForm form, Shelf shelf) {
        this.client = client;
        this.limits = limits;
        this.form = form;
        this.shelf = shelf;
        this.input = new Input(client, ByteBuffer.allocate(Pdu.SIZE));
        this.output = new Output(client, limits.slice());
    }

    void run() throws IOException {
        String name;
        try {
            name = TransferCodec.requestedName(next());
        } catch (MalformedMessageException e) {
            answer(new Answer.Failed(ErrorCode.FAILED));
            output.end();
            throw new ProtocolException("the client does not speak this protocol: " + e.getMessage());
        }
        Optional<SharedContent> content = shelf.find(ContentReference.byName(name));
        if (content.isPresent()) {
            send(content.get());
        } else {
            answer(new Answer.Failed(ErrorCode.NOT_FOUND));
        }
        output.end();
    }

    private void send(SharedContent content) throws IOException {
        answer(new Answer.Packets(form.packets(content.size())));
        try {
            TransferCodec.checkReady(next());
        } catch (MalformedMessageException e) {
            throw new ProtocolException("the client does not speak this protocol: " + e.getMessage());
        }
        FramedOutput packets = new FramedOutput(output, new FramedOutput.Framing() {

            @Override
            public int room(long packet) {
                return form.room(packet);
            }

            @Override
            public ByteBuffer frame(long packet, ByteBuffer bytes) {
                return form.packet(packet, bytes);
            }
        });
        content.transferTo(0, content.size(), packets);
        packets.finish();
    }

    private Pdu next() throws IOException, MalformedMessageException {
        client.allow(limits.request());
        ByteBuffer bytes = input.take(Pdu.SIZE);
        client.allowForever();
        return Pdu.decode(bytes);
    }

    private void answer(Answer answer) throws IOException {
        output.write(TransferCodec.encode(answer).encode());
    }
}
