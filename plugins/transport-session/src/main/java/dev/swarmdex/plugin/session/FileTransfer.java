package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.protocol.session.TransferCodec;
import dev.swarmdex.protocol.session.TransferCodec.Offer.Specs;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Receives the file that was offered, and checks it against the MD5 that was.
 *
 * @param timeout the longest to wait for the peer's next byte
 * @param received what came behind the offer, with room for more
 */
record FileTransfer(TimedChannel channel, Duration timeout, Specs specs, ByteBuffer received) {

    /** Hands over the file; when its MD5 is another than the one offered, all of it was wrong. */
    void receive(Offer.Sink sink) throws IOException {
        channel.allow(timeout);
        Question.say(channel, TransferCodec.SPECS_RECEIVED);
        MessageDigest digest = Md5.newDigest();
        for (long missing = specs.size(); missing > 0;) {
            ByteBuffer chunk = next(missing);
            missing -= chunk.remaining();
            digest.update(chunk.duplicate());
            sink.accept(chunk);
        }
        String md5 = HexFormat.of().formatHex(digest.digest());
        if (!md5.equals(specs.md5())) {
            throw new ProtocolException("the file has the MD5 " + md5 + ", but the peer announced " + specs.md5());
        }
    }

    private ByteBuffer next(long missing) throws IOException {
        if (!received.hasRemaining()) {
            received.clear();
            channel.allow(timeout);
            boolean more = channel.read(received);
            channel.allowForever();
            received.flip();
            if (!more) {
                throw new EOFException("the peer closed the connection " + missing + " bytes before the file's end");
            }
        }
        int length = (int) Math.min(missing, received.remaining());
        ByteBuffer chunk = received.slice(received.position(), length);
        received.position(received.position() + length);
        return chunk;
    }
}
