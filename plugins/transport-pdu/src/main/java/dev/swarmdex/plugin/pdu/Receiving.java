package dev.swarmdex.plugin.pdu;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.RefusedException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.peer.transportkit.WholeOffer;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.pdu.ErrorCode;
import dev.swarmdex.protocol.pdu.Pdu;
import dev.swarmdex.protocol.pdu.TransferCodec;
import dev.swarmdex.protocol.pdu.TransferCodec.Answer;
import dev.swarmdex.protocol.pdu.TransferForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The fetching of one file from a peer. */
final class Receiving {

    private static final int BUFFER = 64 << 10;

    private final TimedChannel channel;
    private final Duration timeout;
    private final TransferForm form;
    private final Input input;

    Receiving(TimedChannel channel, Duration timeout, TransferForm form) {
        this.channel = channel;
        this.timeout = timeout;
        this.form = form;
        this.input = new Input(channel, ByteBuffer.allocate(BUFFER));
    }

    /** The offer of a file; the number of packets that the peer states is only a bound for its size. */
    Optional<WholeOffer> ask(String name) throws IOException {
        send(TransferCodec.request(name));
        return switch (answer()) {
            case Answer.Packets(long count) -> Optional.of(
                    new WholeOffer(channel, OptionalLong.empty(), 0, sink -> receive(count, sink)));
            case Answer.Failed(ErrorCode code) when code == ErrorCode.NOT_FOUND -> Optional.empty();
            case Answer.Failed(ErrorCode code) -> throw new RefusedException(
                    "the peer refuses: error " + code.number());
        };
    }

    private Answer answer() throws IOException {
        try {
            return TransferCodec.answer(Pdu.decode(next()));
        } catch (MalformedMessageException e) {
            throw new ProtocolException("the peer does not speak this protocol: " + e.getMessage(), e);
        }
    }

    private void receive(long packets, Offer.Sink sink) throws IOException {
        send(TransferCodec.ready());
        for (long packet = 0; packet < packets; packet++) {
            sink.accept(content(packet, packets));
        }
        channel.allow(timeout);
        if (input.hasNext()) {
            throw new ProtocolException("the peer sends more than the " + packets + " packets that it announced");
        }
    }

    private ByteBuffer content(long packet, long packets) throws IOException {
        ByteBuffer bytes = next();
        if (!bytes.hasRemaining()) {
            throw new ProtocolException("the peer sent only " + packet + " of " + packets + " packets");
        }
        try {
            return form.content(packet, bytes);
        } catch (MalformedMessageException e) {
            throw new ProtocolException("the peer sends packets of another form (see option 'form'): "
                    + e.getMessage(), e);
        }
    }

    private void send(Pdu pdu) throws IOException {
        channel.allow(timeout);
        channel.write(pdu.encode());
    }

    /** The next PDU; the connection's end may cut it short. */
    private ByteBuffer next() throws IOException {
        channel.allow(timeout);
        ByteBuffer pdu = input.takeUpTo(Pdu.SIZE);
        channel.allowForever();
        return pdu;
    }
}
