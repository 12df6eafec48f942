package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.RefusedException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Reads replies, one after the other. What a caller leaves of a body is skipped before the next header, so that one who
 * gives up halfway does not spoil the connection for the others. For one thread at a time.
 */
final class Receiver {

    /** Pieces don't go through it, and in a swarm there are hundreds of them. */
    private static final int BUFFER = 256 << 10;

    /** What a terminal obeys: control characters of all of Unicode, what reorders text, and what ends lines. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final TimedChannel channel;
    private final Input input;
    private final Duration timeout;
    /** Bytes of the current body that are still to come. */
    private int owed;

    Receiver(TimedChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
        this.input = new Input(channel, ByteBuffer.allocateDirect(BUFFER));
    }

    /** The other side's version; the caller has said how long that may take. */
    int preface() throws IOException {
        int version = Wire.versionOf(input.take(Wire.PREFACE_LENGTH));
        channel.allowForever();
        return version;
    }

    /** The header of the next reply, whatever is left of the one before. */
    Reply header(int expectedId, Request request) throws IOException {
        while (owed > 0) {
            some();
        }
        channel.allow(timeout);
        // what has many replies is small enough to be copied once more, and read together
        ByteBuffer header = request.replies() > 1 ? input.take(Wire.REPLY_HEADER) : input.takeOnly(Wire.REPLY_HEADER);
        Reply reply = Reply.parse(header, expectedId, request);
        channel.allowForever();
        owed = reply.bodyLength();
        return reply;
    }

    /** How many bytes of the current body are still to come. */
    int owed() {
        return owed;
    }

    /** The current body in a new array, which is as long as {@link Reply#parse} allows. */
    byte[] body() throws IOException {
        byte[] body = new byte[owed];
        int done = 0;
        while (owed > 0) {
            ByteBuffer chunk = some();
            int length = chunk.remaining();
            chunk.get(body, done, length);
            done += length;
        }
        return body;
    }

    /** The current body, chunk by chunk. */
    void body(Offer.Sink sink) throws IOException {
        while (owed > 0) {
            sink.accept(some());
        }
    }

    /** The current body, straight into a target that has room for all of it. */
    void body(ByteBuffer target) throws IOException {
        int end = target.limit();
        while (owed > 0) {
            channel.allow(timeout);
            owed -= input.moveSome(target.limit(target.position() + owed));
            channel.allowForever();
        }
        target.limit(end);
    }

    /** The refusal that the current body holds. */
    RefusedException refusal() throws IOException {
        String reason = new String(body(), StandardCharsets.UTF_8);
        return new RefusedException("the peer refuses: " + UNPRINTABLE.matcher(reason).replaceAll(" "));
    }

    private ByteBuffer some() throws IOException {
        channel.allow(timeout);
        ByteBuffer chunk = input.takeSome(owed);
        channel.allowForever();
        owed -= chunk.remaining();
        return chunk;
    }
}
