package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.WireText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The texts before a transfer over TCP: the client sends the bare name, the server an offer, and the client says that it
 * received that. Then come the file's bytes, and the server closes.
 */
public final class TransferCodec {

    /** What the client says to have the file sent. */
    public static final String SPECS_RECEIVED = "File specs received";

    /** What the client says when there is no file. */
    public static final String ERROR_RECEIVED = "Error received";

    /** The most bytes that a program reads for a name. */
    public static final int LONGEST_NAME = 1024;

    private static final String ERROR = "ERROR";
    private static final String SEPARATOR = "<SEP>";
    private static final int LONGEST_SIZE = 18;
    private static final int MD5 = 32;
    private static final Pattern SIZE = Pattern.compile("[0-9]{1," + LONGEST_SIZE + "}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + MD5 + "}");

    private TransferCodec() {}

    /** The name of the file that a client wants, in what it sent; a newline at its end is dropped. */
    public static String requestedName(byte[] bytes) throws MalformedMessageException {
        return MalformedMessageException.reading(() -> {
            String text = WireText.decode(bytes);
            return WireText.check("the name of a file", text.endsWith("\n") ? text.stripTrailing() : text, 1,
                    LONGEST_NAME);
        });
    }

    /** What the server says to a name. */
    public sealed interface Offer {

        /**
         * A file that can be sent.
         *
         * @param size in bytes
         * @param md5 of the whole file, in lower-case hex digits
         */
        record Specs(long size, String md5) implements Offer {

            /** Checks the size and the digest. */
            public Specs {
                if (size < 0) {
                    throw new IllegalArgumentException("a file can't have " + size + " bytes");
                }
                if (!HEX.matcher(md5).matches()) {
                    throw new IllegalArgumentException("an MD5 has 32 lower-case hex digits");
                }
            }
        }

        /** There is no such file. */
        record Unavailable() implements Offer {}
    }

    /** The text of an offer. */
    public static String encode(Offer offer) {
        return switch (offer) {
            case Offer.Specs(long size, String md5) -> size + SEPARATOR + md5;
            case Offer.Unavailable _ -> ERROR;
        };
    }

    /**
     * The offer at the buffer's position, which moves behind it; or nothing, and the position stays, while bytes are
     * missing.
     *
     * @throws MalformedMessageException as soon as it can't become an offer any more
     */
    public static Optional<Offer> offer(ByteBuffer received) throws MalformedMessageException {
        int length = Math.min(received.remaining(), LONGEST_SIZE + SEPARATOR.length() + MD5);
        byte[] bytes = new byte[length];
        received.get(received.position(), bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.startsWith(ERROR)) {
            received.position(received.position() + ERROR.length());
            return Optional.of(new Offer.Unavailable());
        }
        return ERROR.startsWith(text) ? Optional.empty() : specs(text, received);
    }

    private static Optional<Offer> specs(String text, ByteBuffer received) throws MalformedMessageException {
        int digits = 0;
        while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
            digits++;
        }
        String size = text.substring(0, digits);
        String rest = text.substring(digits);
        if (!SIZE.matcher(size).matches() || !(rest.startsWith(SEPARATOR) || SEPARATOR.startsWith(rest))) {
            throw MalformedMessageException.malformed("an offer is a size, <SEP> and an MD5, or ERROR");
        }
        int end = digits + SEPARATOR.length() + MD5;
        if (text.length() < end) {
            return Optional.empty();
        }
        String md5 = text.substring(end - MD5, end).toLowerCase(Locale.ROOT);
        Offer offer = MalformedMessageException.reading(() -> new Offer.Specs(Long.parseLong(size), md5));
        received.position(received.position() + end);
        return Optional.of(offer);
    }
}
