package dev.swarmdex.protocol;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.protocol.nativeudp.TreeSearch;
import dev.swarmdex.protocol.pdu.Pdu;
import dev.swarmdex.protocol.session.MessageBuffer;
import dev.swarmdex.protocol.tracker.RequestReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes whatever bytes Jazzer thinks of: the first one chooses the codec. A codec may refuse bytes with its exception, and
 * fails with any other. What it reads it must be able to write such that it reads the same again, where it writes at all.
 */
public final class CodecFuzzer {

    private static final List<Codec> CODECS = List.of(CodecFuzzer::nativeRequest, CodecFuzzer::nativeReply,
            CodecFuzzer::trackerRequest,
            bytes -> dev.swarmdex.protocol.tracker.ReplyCodec.decode(bytes, true),
            bytes -> dev.swarmdex.protocol.tracker.ReplyCodec.decode(bytes, false),
            dev.swarmdex.protocol.fixed.RequestCodec::decode, dev.swarmdex.protocol.fixed.TransferCodec::requestedName,
            dev.swarmdex.protocol.fixed.TransferCodec::frame, dev.swarmdex.protocol.pdu.RequestCodec::decode,
            bytes -> dev.swarmdex.protocol.pdu.TransferCodec.requestedName(Pdu.decode(bytes)),
            bytes -> dev.swarmdex.protocol.pdu.TransferCodec.answer(Pdu.decode(bytes)), CodecFuzzer::sessionMessages,
            bytes -> dev.swarmdex.protocol.session.TransferCodec.requestedName(array(bytes)),
            dev.swarmdex.protocol.session.TransferCodec::offer, CodecFuzzer::lines,
            bytes -> dev.swarmdex.protocol.lines.TransferCodec.requestedPath(array(bytes)));

    private CodecFuzzer() {}

    /** Reads bytes. */
    private interface Codec {

        @SuppressWarnings("UnusedReturnValue")
        Object read(ByteBuffer bytes) throws MalformedPacketException, MalformedMessageException;
    }

    /** How many codecs there are. */
    static int codecs() {
        return CODECS.size();
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOfRange(input, 1, input.length));
        try {
            Object read = CODECS.get(Byte.toUnsignedInt(input[0]) % CODECS.size()).read(bytes);
            require(!read.toString().isEmpty(), "nothing was read");
        } catch (MalformedPacketException | MalformedMessageException e) {
            require(String.valueOf(e.getMessage()).length() > 3, "no reason is told");
        }
    }

    private static Object nativeRequest(ByteBuffer bytes) throws MalformedPacketException {
        boolean usual = TreeSearch.isIn(bytes);
        RequestPacket packet = dev.swarmdex.protocol.nativeudp.RequestCodec.decode(bytes);
        ByteBuffer written = dev.swarmdex.protocol.nativeudp.RequestCodec.encode(packet);
        require(dev.swarmdex.protocol.nativeudp.RequestCodec.decode(written).equals(packet), "another request");
        require(!usual || written.equals(bytes), "another search");
        return packet;
    }

    private static Object nativeReply(ByteBuffer bytes) throws MalformedPacketException {
        ReplyPacket packet = dev.swarmdex.protocol.nativeudp.ReplyCodec.decode(bytes);
        ByteBuffer written = dev.swarmdex.protocol.nativeudp.ReplyCodec.encode(packet);
        require(dev.swarmdex.protocol.nativeudp.ReplyCodec.decode(written).equals(packet), "another reply");
        return packet;
    }

    private static Object trackerRequest(ByteBuffer bytes) {
        RequestReader reader = new RequestReader();
        RequestReader.Kind kind = reader.read(bytes);
        switch (kind) {
            case ANNOUNCE -> require(reader.port() > 0 && reader.event() != null && reader.infoHashes() > 0,
                    "an impossible announce");
            case SCRAPE -> {
                for (int i = 0; i < reader.infoHashes(); i++) {
                    long _ = reader.first(i) + reader.second(i) + reader.third(i);
                }
            }
            case MALFORMED -> require(!reader.fault().isEmpty(), "no fault");
            case CONNECT, FOREIGN -> {
                // nothing more is in it
            }
        }
        return kind;
    }

    private static Object sessionMessages(ByteBuffer bytes) throws MalformedMessageException {
        MessageBuffer messages = new MessageBuffer();
        for (String message : messages.add(bytes)) {
            List<String> names = dev.swarmdex.protocol.session.RequestCodec.names(message);
            require(names.stream().noneMatch(String::isBlank), "a blank name");
            dev.swarmdex.protocol.session.Request _ = dev.swarmdex.protocol.session.RequestCodec.decode(message);
        }
        return messages.flush();
    }

    private static Object lines(ByteBuffer bytes) throws MalformedMessageException {
        LineBuffer lines = new LineBuffer(dev.swarmdex.protocol.lines.RequestCodec.LONGEST_LINE);
        List<String> read = lines.add(bytes);
        for (String line : read) {
            if (line.startsWith("u")) {
                dev.swarmdex.protocol.lines.User _ = dev.swarmdex.protocol.lines.RequestCodec.user(line.substring(1));
            } else {
                dev.swarmdex.protocol.lines.Request _ = dev.swarmdex.protocol.lines.RequestCodec.decode(line);
            }
        }
        return read;
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
