package dev.swarmdex.it.seed;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The server threads of a host of seed 004. */
public final class KilobyteServer extends FileServer {

    static final int REQUEST = 144;
    static final int REPLY = 1056;
    static final int NAME = 128;
    static final int PORTION_AT = 128;
    static final int HAVE_FILE_AT = 136;
    static final int POSITION_AT = 0;
    static final int BYTES_TO_USE_AT = 8;
    static final int FILE_SIZE_AT = 16;
    static final int DATA_AT = 24;
    static final int HAS_FILE_AT = 1048;
    static final int OUT_OF_RANGE_AT = 1049;
    static final int PORTION = 1024;

    /** The layout calls it the position in the file, and leaves open in which unit. */
    public enum Position {
        /** The portion's number. */
        NUMBER,
        /** Where in the file its first byte is. */
        OFFSET
    }

    private final Position unit;
    private final AtomicInteger portions = new AtomicInteger();
    private volatile int dieAfter = Integer.MAX_VALUE;

    /** A server that listens already. */
    public KilobyteServer(Position unit) throws IOException {
        this.unit = unit;
        listen();
    }

    /** How many portions it has sent. */
    public int portions() {
        return portions.get();
    }

    /** Dies after so many portions: every connection ends in the middle. */
    public void dieAfter(int portionsSent) {
        dieAfter = portionsSent;
    }

    @Override
    void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        for (byte[] request = in.readNBytes(REQUEST); request.length > 0; request = in.readNBytes(REQUEST)) {
            require(request.length == REQUEST, "a request has 144 bytes", request.length);
            if (portions.get() >= dieAfter) {
                return;
            }
            client.getOutputStream().write(bytes(reply(ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN))));
        }
    }

    /** A C struct on the stack: what the program does not set, its padding above all, is what was there before. */
    static ByteBuffer struct(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x55);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] bytes(ByteBuffer struct) {
        byte[] bytes = new byte[struct.capacity()];
        struct.get(0, bytes);
        return bytes;
    }

    private ByteBuffer reply(ByteBuffer request) {
        byte asks = request.get(HAVE_FILE_AT);
        long portion = request.getLong(PORTION_AT);
        require(asks == 0 || asks == 1, "haveFile is 0 or 1", asks);
        require(portion >= 0, "a portion is none of the negative ones", portion);
        ByteBuffer reply = struct(REPLY);
        reply.putLong(POSITION_AT, 0).putInt(BYTES_TO_USE_AT, 0).putLong(FILE_SIZE_AT, 0).put(HAS_FILE_AT, (byte) 0)
                .put(OUT_OF_RANGE_AT, (byte) 0);
        byte[] file = file(Wire.text(bytes(request), 0, NAME));
        if (file == null) {
            return reply;
        }
        reply.putLong(FILE_SIZE_AT, file.length).put(HAS_FILE_AT, (byte) 1);
        if (asks == 0) {
            addPortion(reply, file, portion);
        }
        return reply;
    }

    private void addPortion(ByteBuffer reply, byte[] file, long portion) {
        long position = portion * PORTION;
        if (position >= file.length) {
            reply.put(OUT_OF_RANGE_AT, (byte) 1);
            return;
        }
        int length = (int) Math.min(PORTION, file.length - position);
        reply.putLong(POSITION_AT, unit == Position.OFFSET ? position : portion).putInt(BYTES_TO_USE_AT, length).put(
                DATA_AT, file, (int) position,
                length);
        portions.incrementAndGet();
    }
}
